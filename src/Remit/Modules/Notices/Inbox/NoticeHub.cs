using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Remit.Modules.Notices.Inbox;

/// <summary>Wakes the open pages of a person on this node when they have a new notice.</summary>
public sealed class NoticeHub
{
    private const int Most = 8;
    private readonly ConcurrentDictionary<(string Firm, Guid Person), List<Ear>> open = [];

    public void Ring(string firm, Guid person)
    {
        if (!open.TryGetValue((firm, person), out var ears))
            return;
        lock (ears)
            foreach (var ear in ears)
                ear.Bell.Writer.TryWrite(true);
    }

    /// <summary>Of more pages than anyone looks at, the oldest is let go.</summary>
    public Ear Listen(string firm, Guid person)
    {
        var ear = new Ear(this, (firm, person));
        var ears = open.GetOrAdd((firm, person), _ => []);
        lock (ears)
        {
            ears.Add(ear);
            if (ears.Count > Most)
                ears[0].Bell.Writer.TryComplete();
        }
        return ear;
    }

    private void Leave(Ear ear)
    {
        if (!open.TryGetValue(ear.Of, out var ears))
            return;
        lock (ears)
            ears.Remove(ear);
    }

    /// <summary>One open page.</summary>
    public sealed class Ear(NoticeHub hub, (string Firm, Guid Person) of) : IDisposable
    {
        internal (string Firm, Guid Person) Of => of;
        internal Channel<bool> Bell { get; } =
            Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        /// <summary>False when this page is let go; true after a ring, or after the pause.</summary>
        public async Task<bool> Wait(TimeSpan pause, CancellationToken stop)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(pause);
            try
            {
                if (!await Bell.Reader.WaitToReadAsync(limit.Token))
                    return false;
                Bell.Reader.TryRead(out _);
                return true;
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return true;
            }
        }

        public void Dispose() => hub.Leave(this);
    }
}
