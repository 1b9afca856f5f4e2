using System.Xml.Linq;

namespace Remit.Modules.Calendar.Dav;

/// <summary>What a client did that cannot be done: the status, and the condition of the standard that was not met.</summary>
internal sealed class DavError(int status, XName? condition = null) : Exception
{
    public int Status => status;
    public XName? Condition => condition;
    public string? Why { get; init; }

    public IResult Answer()
    {
        if (condition is null && Why is null)
            return new DavResult(status, []);
        var error = new XElement(
            DavXml.D + "error",
            condition is null ? null : new XElement(condition),
            Why is null ? null : new XElement(DavXml.D + "responsedescription", Why)
        );
        return new DavResult(
            status,
            System.Text.Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"utf-8\"?>" + error.ToString(SaveOptions.DisableFormatting))
        );
    }
}

/// <summary>An answer made of XML, or of nothing.</summary>
internal sealed class DavResult(int status, byte[] body) : IResult
{
    public async Task ExecuteAsync(HttpContext http)
    {
        http.Response.StatusCode = status;
        http.Response.ContentLength = body.Length;
        if (body.Length == 0)
            return;
        http.Response.ContentType = "application/xml; charset=utf-8";
        await http.Response.Body.WriteAsync(body);
    }
}

/// <summary>One part of an answer: a thing with what was asked of it, or an address of which only the status is told.</summary>
internal readonly record struct DavLine(DavResource? Thing, string Href = "", int Status = 0);

/// <summary>A multistatus that is written while it is read from the database: what is in memory is a handful, however many things there are.</summary>
internal sealed class DavStream(IAsyncEnumerable<DavLine> lines, IReadOnlyList<XName>? names, string? token, bool brief) : IResult
{
    private const int Handful = 1 << 16;

    public async Task ExecuteAsync(HttpContext http)
    {
        (http.Response.StatusCode, http.Response.ContentType) = (207, "application/xml; charset=utf-8");
        using var ready = new MemoryStream();
        using (var w = DavXml.Begin(ready))
        {
            await foreach (var line in lines.WithCancellation(http.RequestAborted))
            {
                if (line.Thing is { } thing)
                    w.Response(thing, names ?? thing.All, brief);
                else
                    w.Response(line.Href, line.Status);
                if (ready.Length > Handful)
                    await Send(http, ready);
            }
            DavXml.End(w, token);
        }
        if (!http.Response.HasStarted)
            http.Response.ContentLength = ready.Length;
        await Send(http, ready);
    }

    private static async Task Send(HttpContext http, MemoryStream ready)
    {
        await http.Response.Body.WriteAsync(ready.GetBuffer().AsMemory(0, (int)ready.Length), http.RequestAborted);
        ready.SetLength(0);
    }
}
