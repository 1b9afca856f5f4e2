using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Clients;
using Remit.Tests.Kernel;

namespace Remit.Tests.Calendar;

/// <summary>Files of real programs through the whole of Remit: in by import or by a phone, out again, and compared. Skipped where the files do not lie beside the project.</summary>
public sealed partial class Sample_exchange(World world) : IClassFixture<World>
{
    // Bodies by which others try a server; these are no calendar, and each says here why it is refused.
    private static readonly Dictionary<string, string> RefusedByPut = new()
    {
        ["nonascii_11.ics"] = "line 5: METHOD stands in no stored object",
    };

    [Theory, InlineData("ics/ical4j_3.ics"), InlineData("ics-vtimezone/Europe_Moscow.ics"), InlineData("ics-recurrence/Yearly1.ics")]
    public async Task What_a_file_brings_in_goes_out_as_it_came_and_the_rest_is_named_by_line(string first)
    {
        if (Samples.Find(first) is not { } found)
            return;
        var me = await world.OwnerId();
        var wrong = new List<string>();
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(found)!).Where(f => !f.EndsWith(".json", StringComparison.Ordinal)))
        {
            var (name, bytes) = (Path.GetFileName(file), await File.ReadAllBytesAsync(file));
            await using var db = world.Db();
            var book = CalendarBook.New(name, CalendarKind.Own, me);
            db.Add(book);
            await db.SaveChangesAsync();
            try
            {
                var brought = await CalendarImport.Into(db, book, bytes, Modules.Calendar.Recurrence.Zone.Utc);
                var left =
                    brought.Left.Count == 0
                        ? ""
                        : $", {brought.Left.Count} left out: line {brought.Left[0].Line}: {brought.Left[0].Reason.Key}";
                Console.WriteLine($"{name}: {brought.Added} events{left}");
                var came = Parts(ContentReader.Read(bytes));
                var outside = Parts(ContentReader.Read(await world.Text($"calendar/files/{book.Id}.ics")));
                // Each component either went out letter by letter or was named.
                var missing = came.Where(c => !outside.Exists(o => Same(c, o))).ToList();
                var lines = brought.Left.Select(n => n.Line).ToList();
                if (
                    missing.Find(c => lines.Count < TextLimits.Notes && !lines.Exists(l => l >= c.At && l <= LastLine(c))) is { } lost
                    && !Replaced(lost, came)
                )
                    wrong.Add($"{name}: {lost.Name} of line {lost.At} is neither out nor named");
            }
            catch (Refusal refusal)
            {
                Console.WriteLine($"{name}: refused, line {refusal.Values[0].Value}: {refusal.Values[1].Value}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Bodies_that_others_put_to_try_a_server_are_kept_as_they_came_or_refused_with_their_line()
    {
        if (Samples.Find("ics-caldavtester/timezones_1.ics") is not { } found)
            return;
        using var phone = await Phone.OfOwner(world);
        var calendar = await phone.Calendar();
        var wrong = new List<string>();
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(found)!).Order())
        {
            var name = Path.GetFileName(file);
            var text = Filled(Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file)));
            // The bodies share their names of events; a calendar holds each once.
            foreach (
                var uid in ContentReader
                    .Read(text)
                    .Components.SelectMany(c => c.Components)
                    .Select(c => c.Text("UID"))
                    .Where(u => u.Length > 0)
                    .Distinct()
            )
                text = text.Replace(uid, $"{name}-{uid}");
            var put = await phone.Send("PUT", calendar + name, text);
            var said = await put.Content.ReadAsStringAsync();
            if (put.StatusCode == HttpStatusCode.Created)
            {
                if (
                    await (await phone.Send("GET", calendar + name)).Content.ReadAsStringAsync() != text.TrimStart('\uFEFF')
                    && !text.StartsWith('\uFEFF')
                )
                    wrong.Add($"{name}: not kept as it came");
                continue;
            }
            Console.WriteLine($"{name}: {(int)put.StatusCode} {said}");
            if (!RefusedByPut.TryGetValue(name, out var why) || !said.Contains(why))
                wrong.Add($"{name}: {(int)put.StatusCode} {said}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Every_card_is_kept_with_what_Remit_does_not_know_or_refused_with_its_line()
    {
        if (Samples.Find("vcard/vcardput_1.vcf") is not { } found)
            return;
        using var phone = await Phone.OfOwner(world);
        var (wrong, number) = (new List<string>(), 0);
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(found)!).Order())
        {
            ReadFile read;
            try
            {
                read = ContentReader.Read(await File.ReadAllBytesAsync(file));
            }
            catch (NotReadable not)
            {
                Console.WriteLine($"{Path.GetFileName(file)}: refused, line {not.Line}: {not.Reason.Key}");
                continue;
            }
            foreach (var card in read.Components.Where(c => c.Is("VCARD")))
            {
                var name = $"{Path.GetFileName(file)} line {card.At}";
                var organisation = $"Firm {++number}";
                await using (var db = world.Db())
                {
                    db.Add(Client.New(organisation, "BG", DateTime.UtcNow));
                    await db.SaveChangesAsync();
                }
                card.Set(new ContentLine("ORG", organisation));
                var path = $"/~{world.Slug}/dav/card/clients/s{number}.vcf";
                var put = await phone.Send("PUT", path, ContentWriter.Write(card));
                if (put.StatusCode != HttpStatusCode.Created)
                {
                    Console.WriteLine($"{name}: {await put.Content.ReadAsStringAsync()}");
                    continue;
                }
                var back = ContentReader.Read(await (await phone.Send("GET", path)).Content.ReadAsStringAsync()).Components[0];
                // Name, post, one number and one address are Remit's own; everything else is the phone's.
                var lost = card
                    .Lines.Where(l => l.Name.ToUpperInvariant() is not ("FN" or "N" or "ORG" or "TITLE" or "TEL" or "EMAIL"))
                    .Where(l => !back.Lines.Exists(l.SameAs))
                    .ToList();
                if (lost.Count > 0)
                    wrong.Add($"{name}: lost {string.Join(' ', lost.Select(l => l.Name))}");
                foreach (var own in (string[])["TEL", "EMAIL"])
                    if (card.All(own).Any(l => !back.Lines.Exists(l.SameAs)))
                        wrong.Add($"{name}: {own} changed: {card.Find(own)!.Value} → {back.Find(own)?.Value}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static List<Component> Parts(ReadFile file) =>
        [
            .. file
                .Components.Where(c => c.Is("VCALENDAR"))
                .SelectMany(c => c.Components)
                .Where(c => c.Name is "VEVENT" or "VTODO" or "VJOURNAL"),
        ];

    private static int LastLine(Component c) =>
        Math.Max(c.Lines.Select(l => l.At).DefaultIfEmpty(c.At).Max(), c.Components.Select(LastLine).DefaultIfEmpty(c.At).Max());

    // An event without a UID is given one.
    private static bool Same(Component came, Component gone)
    {
        var copy = gone.Copy();
        if (came.Find("UID") is null)
            copy.Remove("UID");
        return came.SameAs(copy);
    }

    // The same event twice in one file, word by word the same name: the later one stands.
    private static bool Replaced(Component lost, List<Component> came) =>
        came.Exists(c => c != lost && c.Name == lost.Name && c.Text("UID") == lost.Text("UID"));

    private static string Filled(string text) =>
        Placeholder.Replace(
            text,
            m =>
                m.Value switch
                {
                    _ when m.Groups[1].Success => (2026 + int.Parse(m.Groups[1].Value)).ToString(
                        System.Globalization.CultureInfo.InvariantCulture
                    ),
                    _ => "mailto:someone@example.com",
                }
        );

    [GeneratedRegex(@"\$now\.year\.(-?\d+):|\$(?:i18n)?cuaddr\d*:")]
    private static partial Regex Placeholder { get; }
}
