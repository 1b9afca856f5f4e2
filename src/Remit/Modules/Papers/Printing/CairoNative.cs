using System.Runtime.InteropServices;

namespace Remit.Modules.Papers.Printing;

/// <summary>The few functions of Cairo and Pango that drawing a page needs. Nothing else calls them but PdfSheet.</summary>
internal static unsafe partial class CairoNative
{
    private const string Cairo = "libcairo.so.2",
        Pango = "libpango-1.0.so.0",
        PangoCairo = "libpangocairo-1.0.so.0",
        GObject = "libgobject-2.0.so.0";

    [LibraryImport(Cairo)]
    internal static partial nint cairo_pdf_surface_create_for_stream(
        delegate* unmanaged[Cdecl]<nint, byte*, uint, int> write,
        nint closure,
        double width,
        double height
    );

    [LibraryImport(Cairo, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void cairo_pdf_surface_set_metadata(nint surface, int key, string value);

    [LibraryImport(Cairo)]
    internal static partial nint cairo_create(nint surface);

    [LibraryImport(Cairo)]
    internal static partial void cairo_destroy(nint cr);

    [LibraryImport(Cairo)]
    internal static partial void cairo_surface_finish(nint surface);

    [LibraryImport(Cairo)]
    internal static partial int cairo_surface_status(nint surface);

    [LibraryImport(Cairo)]
    internal static partial void cairo_surface_destroy(nint surface);

    [LibraryImport(Cairo)]
    internal static partial void cairo_show_page(nint cr);

    [LibraryImport(Cairo)]
    internal static partial void cairo_move_to(nint cr, double x, double y);

    [LibraryImport(Cairo)]
    internal static partial void cairo_line_to(nint cr, double x, double y);

    [LibraryImport(Cairo)]
    internal static partial void cairo_rectangle(nint cr, double x, double y, double w, double h);

    [LibraryImport(Cairo)]
    internal static partial void cairo_set_line_width(nint cr, double width);

    [LibraryImport(Cairo)]
    internal static partial void cairo_set_source_rgb(nint cr, double r, double g, double b);

    [LibraryImport(Cairo)]
    internal static partial void cairo_stroke(nint cr);

    [LibraryImport(Cairo)]
    internal static partial void cairo_fill(nint cr);

    [LibraryImport(Cairo)]
    internal static partial int cairo_format_stride_for_width(int format, int width);

    [LibraryImport(Cairo)]
    internal static partial nint cairo_image_surface_create_for_data(byte* data, int format, int width, int height, int stride);

    [LibraryImport(Cairo)]
    internal static partial nint cairo_pattern_create_for_surface(nint surface);

    [LibraryImport(Cairo)]
    internal static partial void cairo_pattern_set_filter(nint pattern, int filter);

    [LibraryImport(Cairo)]
    internal static partial void cairo_pattern_destroy(nint pattern);

    [LibraryImport(Cairo)]
    internal static partial void cairo_mask(nint cr, nint pattern);

    [LibraryImport(Cairo)]
    internal static partial nint cairo_image_surface_create_from_png_stream(
        delegate* unmanaged[Cdecl]<nint, byte*, uint, int> read,
        nint closure
    );

    [LibraryImport(Cairo)]
    internal static partial int cairo_image_surface_get_width(nint surface);

    [LibraryImport(Cairo)]
    internal static partial int cairo_image_surface_get_height(nint surface);

    [LibraryImport(Cairo)]
    internal static partial void cairo_save(nint cr);

    [LibraryImport(Cairo)]
    internal static partial void cairo_restore(nint cr);

    [LibraryImport(Cairo)]
    internal static partial void cairo_translate(nint cr, double x, double y);

    [LibraryImport(Cairo)]
    internal static partial void cairo_scale(nint cr, double x, double y);

    [LibraryImport(Cairo)]
    internal static partial void cairo_set_source_surface(nint cr, nint surface, double x, double y);

    [LibraryImport(Cairo)]
    internal static partial void cairo_paint(nint cr);

    [LibraryImport(PangoCairo)]
    internal static partial nint pango_cairo_create_layout(nint cr);

    [LibraryImport(PangoCairo)]
    internal static partial void pango_cairo_show_layout(nint cr, nint layout);

    [LibraryImport(Pango)]
    internal static partial void pango_layout_set_text(nint layout, byte* text, int length);

    [LibraryImport(Pango)]
    internal static partial void pango_layout_set_width(nint layout, int width);

    [LibraryImport(Pango)]
    internal static partial void pango_layout_set_wrap(nint layout, int mode);

    [LibraryImport(Pango)]
    internal static partial void pango_layout_set_alignment(nint layout, int alignment);

    [LibraryImport(Pango)]
    internal static partial void pango_layout_set_font_description(nint layout, nint description);

    [LibraryImport(Pango)]
    internal static partial void pango_layout_get_size(nint layout, out int width, out int height);

    [LibraryImport(Pango)]
    internal static partial int pango_layout_get_unknown_glyphs_count(nint layout);

    [LibraryImport(Pango, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint pango_font_description_from_string(string description);

    [LibraryImport(Pango)]
    internal static partial void pango_font_description_free(nint description);

    [LibraryImport(GObject)]
    internal static partial void g_object_unref(nint it);
}
