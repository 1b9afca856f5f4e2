using System.Xml;
using System.Xml.Linq;

namespace Remit.Modules.Calendar.Dav;

/// <summary>The names of WebDAV and its kin, and how its XML is read and written.</summary>
internal static class DavXml
{
    public static readonly XNamespace D = "DAV:",
        C = "urn:ietf:params:xml:ns:caldav",
        R = "urn:ietf:params:xml:ns:carddav",
        S = "http://calendarserver.org/ns/",
        A = "http://apple.com/ns/ical/";
    public const int MostBytes = 4 << 20;
    private const int Depth = 40,
        Elements = 50_000;

    /// <summary>The request's body, or null where it has none. No DTD, no entities, no outside; bounded in size, depth and number of elements.</summary>
    public static async Task<XElement?> Read(HttpRequest request)
    {
        var bytes = await Bytes(request, MostBytes);
        if (bytes.Length == 0)
            return null;
        try
        {
            return Tree(bytes, Depth, Elements)
                ?? throw new DavError(400) { Why = $"more than {Elements} elements, or deeper than {Depth}" };
        }
        catch (XmlException broken)
        {
            throw new DavError(400) { Why = $"line {broken.LineNumber}: {broken.Message}" };
        }
    }

    /// <summary>XML as a tree; null where it is deeper or has more elements than allowed, which is seen before the tree is made.</summary>
    public static XElement? Tree(byte[] bytes, int depth, int elements)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = Math.Max(bytes.Length, 1),
            MaxCharactersFromEntities = 0,
        };
        using (var count = XmlReader.Create(new MemoryStream(bytes), settings))
            while (count.Read())
                if (count.Depth > depth || count.NodeType == XmlNodeType.Element && elements-- <= 0)
                    return null;
        using var reader = XmlReader.Create(new MemoryStream(bytes), settings);
        return XElement.Load(reader);
    }

    /// <summary>The body, refused with 413 where it is longer than allowed.</summary>
    public static async Task<byte[]> Bytes(HttpRequest request, int most)
    {
        if (request.ContentLength > most)
            throw new DavError(413);
        using var body = new MemoryStream((int)(request.ContentLength ?? 4096));
        var chunk = new byte[16384];
        for (int n; (n = await request.Body.ReadAsync(chunk)) > 0; body.Write(chunk, 0, n))
            if (body.Length + n > most)
                throw new DavError(413);
        return body.ToArray();
    }

    public static IResult MultiStatus(Action<XmlWriter> responses, string? token = null)
    {
        var stream = new MemoryStream();
        using (var w = Begin(stream))
        {
            responses(w);
            End(w, token);
        }
        return new DavResult(207, stream.ToArray());
    }

    /// <summary>An answer that leaves as it is written, however long it is.</summary>
    /// <param name="names">What is asked of each thing; null for all it has.</param>
    public static IResult MultiStatus(
        IAsyncEnumerable<DavLine> lines,
        IReadOnlyList<XName>? names,
        string? token = null,
        bool brief = false
    ) => new DavStream(lines, names, token, brief);

    internal static XmlWriter Begin(Stream stream)
    {
        var w = XmlWriter.Create(stream, new XmlWriterSettings { CheckCharacters = false, Encoding = new System.Text.UTF8Encoding(false) });
        w.WriteStartElement("D", "multistatus", D.NamespaceName);
        w.WriteAttributeString("xmlns", "C", null, C.NamespaceName);
        w.WriteAttributeString("xmlns", "R", null, R.NamespaceName);
        return w;
    }

    internal static void End(XmlWriter w, string? token)
    {
        if (token is not null)
            w.WriteElementString("sync-token", D.NamespaceName, token);
        w.WriteEndElement();
    }

    public static void Response(this XmlWriter w, DavResource resource, IReadOnlyList<XName> names, bool brief = false)
    {
        w.WriteStartElement("response", D.NamespaceName);
        w.WriteElementString("href", D.NamespaceName, resource.Href);
        w.WriteStartElement("propstat", D.NamespaceName);
        w.WriteStartElement("prop", D.NamespaceName);
        List<XName>? missing = null;
        foreach (var name in names)
            if (!resource.Write(w, name))
                (missing ??= []).Add(name);
        w.WriteEndElement();
        w.Status(200);
        w.WriteEndElement();
        if (missing is not null && !brief)
            w.Absent(missing, 404);
        w.WriteEndElement();
    }

    /// <summary>The names of what a resource has, without values.</summary>
    public static void Named(this XmlWriter w, DavResource resource)
    {
        w.WriteStartElement("response", D.NamespaceName);
        w.WriteElementString("href", D.NamespaceName, resource.Href);
        w.Absent(resource.All, 200);
        w.WriteEndElement();
    }

    /// <summary>A resource of which only the status is told: gone, or not there.</summary>
    public static void Response(this XmlWriter w, string href, int status)
    {
        w.WriteStartElement("response", D.NamespaceName);
        w.WriteElementString("href", D.NamespaceName, href);
        w.Status(status);
        w.WriteEndElement();
    }

    public static void Absent(this XmlWriter w, IEnumerable<XName> names, int status)
    {
        w.WriteStartElement("propstat", D.NamespaceName);
        w.WriteStartElement("prop", D.NamespaceName);
        foreach (var name in names)
            w.Empty(name);
        w.WriteEndElement();
        w.Status(status);
        w.WriteEndElement();
    }

    public static void Empty(this XmlWriter w, XName name)
    {
        w.WriteStartElement(name.LocalName, name.NamespaceName);
        w.WriteEndElement();
    }

    public static void Text(this XmlWriter w, XName name, string text) =>
        w.WriteElementString(name.LocalName, name.NamespaceName, Clean(text));

    public static void Href(this XmlWriter w, XName name, string href)
    {
        w.WriteStartElement(name.LocalName, name.NamespaceName);
        w.WriteElementString("href", D.NamespaceName, href);
        w.WriteEndElement();
    }

    public static void Holding(this XmlWriter w, XName name, params XName[] inside)
    {
        w.WriteStartElement(name.LocalName, name.NamespaceName);
        foreach (var one in inside)
            w.Empty(one);
        w.WriteEndElement();
    }

    // XML 1.0 has no way to carry most control characters.
    private static string Clean(string text)
    {
        foreach (var c in text)
            if (!XmlConvert.IsXmlChar(c) && !char.IsSurrogate(c))
                return string.Concat(text.Where(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)));
        return text;
    }

    private static void Status(this XmlWriter w, int status) =>
        w.WriteElementString(
            "status",
            D.NamespaceName,
            $"HTTP/1.1 {status} {status switch
    {
        200 => "OK", 403 => "Forbidden", 404 => "Not Found", 507 => "Insufficient Storage", _ => "",
    }}"
        );
}
