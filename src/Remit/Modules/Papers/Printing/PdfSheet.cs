using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using static Remit.Modules.Papers.Printing.CairoNative;

namespace Remit.Modules.Papers.Printing;

/// <summary>
/// A PDF of A4 pages, drawn from the top left corner in points (1/72 inch). Fonts are embedded and subset and the
/// text stays searchable. One sheet belongs to one thread; different threads draw their own sheets side by side.
/// </summary>
public sealed unsafe partial class PdfSheet : IDisposable
{
    public const double Width = 595.28,
        Height = 841.89;

    private const int Scale = 1024,
        WrapWordThenChar = 2,
        KeyTitle = 0;

    // All carry Cyrillic and ə; not every one has the younger currency signs, see Printable.
    private const string Family = "Liberation Sans,DejaVu Sans,Noto Sans,sans-serif";

    private readonly MemoryStream _bytes = new();
    private readonly Dictionary<(double, bool), nint> _fonts = [];
    private readonly GCHandle _self;
    private nint _surface,
        _cr,
        _layout;
    private bool _done;

    public PdfSheet(string? title = null)
    {
        _self = GCHandle.Alloc(_bytes);
        try
        {
            _surface = cairo_pdf_surface_create_for_stream(&Write, GCHandle.ToIntPtr(_self), Width, Height);
            if (title is not null)
                cairo_pdf_surface_set_metadata(_surface, KeyTitle, title);
            _cr = cairo_create(_surface);
            _layout = pango_cairo_create_layout(_cr);
            pango_layout_set_wrap(_layout, WrapWordThenChar);
        }
        catch (DllNotFoundException missing)
        {
            Dispose();
            throw new InvalidOperationException(
                "Printing needs Cairo and Pango. Install the Debian package libpangocairo-1.0-0 (and fonts-dejavu-core).",
                missing
            );
        }
    }

    public int Pages { get; private set; } = 1;

    /// <summary>Draws text, wrapped where a width is given, and returns the height it took.</summary>
    public double Text(
        double x,
        double y,
        string text,
        double size = 9,
        bool bold = false,
        double width = 0,
        TextAlign align = TextAlign.Left
    )
    {
        var height = Lay(text, size, bold, width, align);
        cairo_move_to(_cr, x, y);
        pango_cairo_show_layout(_cr, _layout);
        return height;
    }

    /// <summary>The height the text would take, without drawing it.</summary>
    public double Measure(string text, double size = 9, bool bold = false, double width = 0) =>
        Lay(text, size, bold, width, TextAlign.Left);

    public void Line(double x1, double y1, double x2, double y2, double thickness = 0.5)
    {
        cairo_set_line_width(_cr, thickness);
        cairo_move_to(_cr, x1, y1);
        cairo_line_to(_cr, x2, y2);
        cairo_stroke(_cr);
    }

    public void Box(double x, double y, double width, double height, double thickness = 0.5)
    {
        cairo_set_line_width(_cr, thickness);
        cairo_rectangle(_cr, x, y, width, height);
        cairo_stroke(_cr);
    }

    /// <summary>A filled rectangle in a shade of grey: 0 black, 1 white.</summary>
    public void Fill(double x, double y, double width, double height, double grey)
    {
        cairo_set_source_rgb(_cr, grey, grey, grey);
        cairo_rectangle(_cr, x, y, width, height);
        cairo_fill(_cr);
        cairo_set_source_rgb(_cr, 0, 0, 0);
    }

    public void NewPage()
    {
        cairo_show_page(_cr);
        Pages++;
    }

    /// <summary>Ends the document and gives its bytes; nothing may be drawn after that.</summary>
    public byte[] ToBytes()
    {
        if (!_done)
        {
            cairo_show_page(_cr);
            cairo_surface_finish(_surface);
            _done = true;
            if (cairo_surface_status(_surface) is var status and not 0)
                throw new InvalidOperationException($"Cairo could not write the PDF (status {status}).");
        }
        return _bytes.ToArray();
    }

    public void Dispose()
    {
        foreach (var font in _fonts.Values)
            pango_font_description_free(font);
        _fonts.Clear();
        if (_layout != 0)
            g_object_unref(_layout);
        if (_cr != 0)
            cairo_destroy(_cr);
        if (_surface != 0)
            cairo_surface_destroy(_surface);
        (_layout, _cr, _surface) = (0, 0, 0);
        // Only now: destroying the surface may still write its tail.
        if (_self.IsAllocated)
            _self.Free();
    }

    private double Lay(string text, double size, bool bold, double width, TextAlign align)
    {
        if (!_fonts.TryGetValue((size, bold), out var font))
            _fonts[(size, bold)] = font = pango_font_description_from_string(
                FormattableString.Invariant($"{Family} {(bold ? "Bold " : "")}{size}")
            );
        pango_layout_set_font_description(_layout, font);
        pango_layout_set_width(_layout, width > 0 ? (int)(width * Scale) : -1);
        pango_layout_set_alignment(_layout, (int)align);
        Set(text);
        // A box on a paper says nothing: where no font of the machine has the sign, the letters of ISO 4217 stand for it.
        if (text.AsSpan().IndexOfAnyInRange('\u20a0', '\u20cf') >= 0 && pango_layout_get_unknown_glyphs_count(_layout) > 0)
            Set(Lettered(text));
        pango_layout_get_size(_layout, out _, out var height);
        return height / (double)Scale;
    }

    private void Set(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        fixed (byte* bytes = utf8)
            pango_layout_set_text(_layout, bytes, utf8.Length);
    }

    private static string Lettered(string text) =>
        text.Replace("₼", "AZN").Replace("₽", "RUB").Replace("₸", "KZT").Replace("₾", "GEL").Replace("₴", "UAH");

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(nint closure, byte* data, uint length)
    {
        ((MemoryStream)GCHandle.FromIntPtr(closure).Target!).Write(new ReadOnlySpan<byte>(data, (int)length));
        return 0;
    }
}
