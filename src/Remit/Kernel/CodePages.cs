using System.Runtime.CompilerServices;
using System.Text;

namespace Remit.Kernel;

/// <summary>The encodings of before Unicode: files from banks, old programs and mail still come in them.</summary>
public static class CodePages
{
    [ModuleInitializer]
    public static void Register() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
}
