namespace Remit.Web;

/// <summary>A line to a server that somebody named, over which it says only so much: what it announces may be without end.</summary>
public sealed class BoundedLine(Stream line, long most) : Stream
{
    private long said;

    /// <summary>From here on it may say as much again.</summary>
    public void Begin() => said = 0;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override bool CanTimeout => line.CanTimeout;
    public override int ReadTimeout
    {
        get => line.ReadTimeout;
        set => line.ReadTimeout = value;
    }
    public override int WriteTimeout
    {
        get => line.WriteTimeout;
        set => line.WriteTimeout = value;
    }
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Counted(line.Read(buffer, offset, count));

    public override int Read(Span<byte> buffer) => Counted(line.Read(buffer));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancel) =>
        ReadAsync(buffer.AsMemory(offset, count), cancel).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel = default) =>
        Counted(await line.ReadAsync(buffer, cancel));

    public override void Write(byte[] buffer, int offset, int count) => line.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => line.Write(buffer);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancel) =>
        line.WriteAsync(buffer, offset, count, cancel);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancel = default) =>
        line.WriteAsync(buffer, cancel);

    public override void Flush() => line.Flush();

    public override Task FlushAsync(CancellationToken cancel) => line.FlushAsync(cancel);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            line.Dispose();
        base.Dispose(disposing);
    }

    private int Counted(int read) => (said += read) <= most ? read : throw new IOException("The server says more than anybody can read.");
}
