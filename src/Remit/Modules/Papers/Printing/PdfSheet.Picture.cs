using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static Remit.Modules.Papers.Printing.CairoNative;

namespace Remit.Modules.Papers.Printing;

public sealed unsafe partial class PdfSheet
{
    /// <summary>A QR code of the given side: one picture of a bit to a module, so that no hairlines show between modules.</summary>
    public void Qr(double x, double y, double side, bool[,] modules)
    {
        const int OneBit = 3,
            Nearest = 3;
        var count = modules.GetLength(0);
        var stride = cairo_format_stride_for_width(OneBit, count);
        var bits = new byte[stride * count];
        for (var row = 0; row < count; row++)
        for (var column = 0; column < count; column++)
            if (modules[row, column])
                bits[row * stride + column / 8] |= (byte)(BitConverter.IsLittleEndian ? 1 << column % 8 : 128 >> column % 8);
        fixed (byte* data = bits)
        {
            var picture = cairo_image_surface_create_for_data(data, OneBit, count, count, stride);
            var pattern = cairo_pattern_create_for_surface(picture);
            cairo_pattern_set_filter(pattern, Nearest);
            cairo_save(_cr);
            cairo_translate(_cr, x, y);
            cairo_scale(_cr, side / count, side / count);
            cairo_mask(_cr, pattern);
            cairo_restore(_cr);
            // Whoever still draws it later has a copy from here on.
            cairo_surface_finish(picture);
            cairo_pattern_destroy(pattern);
            cairo_surface_destroy(picture);
        }
    }

    /// <summary>Draws a PNG within a box, as large as fits and centred; what cannot be read as a picture draws nothing.</summary>
    public void Picture(byte[] png, double x, double y, double width, double height)
    {
        using var bytes = new MemoryStream(png);
        var self = GCHandle.Alloc(bytes);
        nint picture = 0;
        try
        {
            picture = cairo_image_surface_create_from_png_stream(&Read, GCHandle.ToIntPtr(self));
            if (cairo_surface_status(picture) != 0)
                return;
            var (wide, high) = (cairo_image_surface_get_width(picture), cairo_image_surface_get_height(picture));
            var scale = Math.Min(width / wide, height / high);
            cairo_save(_cr);
            cairo_translate(_cr, x + (width - wide * scale) / 2, y + (height - high * scale) / 2);
            cairo_scale(_cr, scale, scale);
            cairo_set_source_surface(_cr, picture, 0, 0);
            cairo_paint(_cr);
            cairo_restore(_cr);
        }
        finally
        {
            if (picture != 0)
                cairo_surface_destroy(picture);
            self.Free();
        }
    }

    // Cairo wants exactly as many bytes as it asks for; fewer are a torn picture.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(nint closure, byte* data, uint length)
    {
        const int ReadError = 10;
        var bytes = (MemoryStream)GCHandle.FromIntPtr(closure).Target!;
        return bytes.Read(new Span<byte>(data, (int)length)) == length ? 0 : ReadError;
    }
}
