using System.Net;
using Microsoft.EntityFrameworkCore;
using Remit.Modules.Clients;

namespace Remit.Tests.Calendar;

public sealed class Phones_and_contacts(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_contact_of_a_client_is_read_changed_made_and_deleted_by_a_phone()
    {
        await using var db = world.Db();
        var client = Client.New("Меридиан ООО", "RU", DateTime.UtcNow);
        var contact = Contact.At(client, "Иван Петров", "директор", "+7 900", "ivan@example.com", true);
        db.AddRange(client, contact);
        await db.SaveChangesAsync();
        using var phone = await Phone.OfOwner(world);
        var book = $"/~{world.Slug}/dav/card/clients/";
        var first = await phone.Xml(
            "REPORT",
            book,
            "<sync-collection xmlns='DAV:'><sync-token/><sync-level>1</sync-level><prop><getetag/></prop></sync-collection>"
        );
        var path = first.Descendants(Phone.D + "response").Single().Element(Phone.D + "href")!.Value;
        var token = first.Element(Phone.D + "sync-token")!.Value;
        var got = await phone.Send("GET", path);
        var text = await got.Content.ReadAsStringAsync();
        foreach (var line in (string[])["FN:Иван Петров", "N:Петров;Иван;;;", "ORG:Меридиан ООО", "TITLE:директор", "TEL;TYPE=WORK:+7 900"])
            Assert.Contains(line, text);

        var changed = await phone.Send(
            "PUT",
            path,
            text.Replace("+7 900", "+7 911").Replace("END:VCARD", "X-SPOUSE:Анна\r\nEND:VCARD"),
            ("If-Match", got.Headers.ETag!.Tag)
        );
        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        Assert.Equal("+7 911", await db.Set<Contact>().Where(c => c.Id == contact.Id).Select(c => c.Phone).SingleAsync());
        Assert.Equal(
            HttpStatusCode.PreconditionFailed,
            (await phone.Send("PUT", path, text, ("If-Match", got.Headers.ETag.Tag))).StatusCode
        );

        // What is changed on the page reaches the phone, and what the phone alone knows is still there.
        await db.Entry(contact).ReloadAsync();
        contact.Describe("Иван Петров", "владелец", contact.Phone, contact.Email, true);
        await db.SaveChangesAsync();
        var again = await (await phone.Send("GET", path)).Content.ReadAsStringAsync();
        Assert.Contains("TITLE:владелец", again);
        Assert.Contains("X-SPOUSE:Анна", again);
        Assert.Single(
            (
                await phone.Xml(
                    "REPORT",
                    book,
                    $"<sync-collection xmlns='DAV:'><sync-token>{token}</sync-token><sync-level>1</sync-level><prop><getetag/></prop></sync-collection>"
                )
            ).Elements(Phone.D + "response")
        );

        var made = await phone.Send(
            "PUT",
            book + "new.vcf",
            "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Сидорова;Анна;;;\r\nFN:Анна Сидорова\r\nORG:меридиан ооо\r\nEND:VCARD\r\n",
            ("If-None-Match", "*")
        );
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var found = await phone.Xml(
            "REPORT",
            book,
            "<R:addressbook-query xmlns='DAV:' xmlns:R='urn:ietf:params:xml:ns:carddav'><prop><R:address-data/></prop><R:filter><R:prop-filter name='FN'><R:text-match>анна</R:text-match></R:prop-filter></R:filter></R:addressbook-query>"
        );
        Assert.Contains("ORG:Меридиан ООО", Assert.Single(found.Descendants(Phone.R + "address-data")).Value);
        var stranger = await phone.Send("PUT", book + "x.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Nobody\r\nORG:Nowhere\r\nEND:VCARD\r\n");
        Assert.Contains("Nowhere", await stranger.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Forbidden, stranger.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await phone.Send("DELETE", book + "new.vcf")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await phone.Send("GET", book + "new.vcf")).StatusCode);
    }

    [Fact]
    public async Task An_address_book_of_any_size_is_told_by_handfuls_whole_or_page_by_page()
    {
        const int Many = 1_200;
        await using var db = world.Db();
        var client = Client.New("Many Ltd", "BG", DateTime.UtcNow);
        db.Add(client);
        await db.SaveChangesAsync();
        for (var part = 0; part < 3; part++)
        {
            for (var n = 0; n < Many / 3; n++)
                db.Add(Contact.At(client, $"Person {part * Many / 3 + n:0000}", "", "", $"p{part}-{n}@many.example", false));
            await db.SaveChangesAsync();
        }
        using var phone = await Phone.OfOwner(world);
        var book = $"/~{world.Slug}/dav/card/clients/";
        const string Names = "xmlns='DAV:' xmlns:R='urn:ietf:params:xml:ns:carddav'";
        var all = await phone.Xml("PROPFIND", book, $"<propfind {Names}><prop><getetag/></prop></propfind>", "1");
        var first = await phone.Xml(
            "REPORT",
            book,
            $"<sync-collection {Names}><sync-token/><sync-level>1</sync-level><prop><getetag/><R:address-data/></prop></sync-collection>"
        );
        // The book itself has no tag.
        var tags = all.Descendants(Phone.D + "getetag").Select(e => e.Value).Where(t => t.Length > 0).ToHashSet();
        Assert.True(tags.Count >= Many && tags.SetEquals(first.Descendants(Phone.D + "getetag").Select(e => e.Value)));
        Assert.Single(first.Descendants(Phone.R + "address-data"), d => d.Value.Contains("FN:Person 0777"));

        // Page by page: no save is cut apart, and the pages are the whole.
        var (token, pages, told) = ("", 0, new HashSet<string>());
        for (var more = true; more; pages++)
        {
            var page = await phone.Xml(
                "REPORT",
                book,
                $"<sync-collection {Names}><sync-token>{token}</sync-token><sync-level>1</sync-level><limit><nresults>300</nresults></limit><prop><getetag/></prop></sync-collection>"
            );
            token = page.Element(Phone.D + "sync-token")!.Value;
            foreach (var tag in page.Descendants(Phone.D + "getetag"))
                Assert.True(told.Add(tag.Value));
            more = page.Elements(Phone.D + "response").Any(e => e.Element(Phone.D + "status")?.Value.Contains("507") == true);
        }
        Assert.True(pages >= 3 && told.SetEquals(tags));

        var found = await phone.Xml(
            "REPORT",
            book,
            $"<R:addressbook-query {Names}><prop><getetag/><R:address-data/></prop><R:filter><R:prop-filter name='EMAIL'><R:text-match>p1-</R:text-match></R:prop-filter></R:filter><R:limit><R:nresults>7</R:nresults></R:limit></R:addressbook-query>"
        );
        Assert.Equal(
            (7, 1),
            (
                found.Descendants(Phone.R + "address-data").Count(),
                found.Elements(Phone.D + "response").Count(e => e.Element(Phone.D + "status")?.Value.Contains("507") == true)
            )
        );
    }
}
