using System.Runtime.CompilerServices;

namespace Remit.Tests;

internal static class CodePagesHere
{
    // Tests write old encodings before they first touch the program.
    [ModuleInitializer]
    internal static void Register() => Remit.Kernel.CodePages.Register();
}
