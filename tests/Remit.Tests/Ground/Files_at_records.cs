using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Files;
using Remit.Modules.Papers;
using Remit.Storage;

namespace Remit.Tests.Ground;

/// <summary>Files are told by their bytes, stored under their hash, and seen by those who see the record.</summary>
public sealed class Files_at_records : IAsyncLifetime
{
    private static readonly byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13];
    private readonly World world = new();
    private Guid client;

    public async Task InitializeAsync()
    {
        await world.InitializeAsync();
        await using var db = world.Db();
        var orbita = Client.New("Orbita", "BG", DateTime.UtcNow);
        db.Add(orbita);
        await db.SaveChangesAsync();
        client = orbita.Id;
    }

    public Task DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_picture_shows_in_place_and_a_page_with_a_script_that_claims_to_be_one_is_saved_as_plain_text()
    {
        await Added(
            "client",
            client,
            ("photo.png", png),
            ("evil.png", "<html><script>alert(1)</script>"u8.ToArray()),
            ("drawing.svg", "<svg onload='alert(1)'/>"u8.ToArray())
        );
        var page = await world.Text($"clients/{client}");
        Assert.Contains("photo.png", page);
        var files = await Files();
        var shown = await world.Owner.Get($"files/{files["photo.png"].Id}");
        Assert.Equal(
            ("image/png", "inline"),
            (shown.Content.Headers.ContentType!.MediaType, shown.Content.Headers.ContentDisposition!.DispositionType)
        );
        Assert.Equal(png, await shown.Content.ReadAsByteArrayAsync());
        foreach (var name in new[] { "evil.png", "drawing.svg" })
        {
            var kept = await world.Owner.Get($"files/{files[name].Id}");
            Assert.Equal(
                ("text/plain", "attachment"),
                (kept.Content.Headers.ContentType!.MediaType, kept.Content.Headers.ContentDisposition!.DispositionType)
            );
            Assert.Equal("nosniff", kept.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.DoesNotContain("script-src", kept.Headers.GetValues("Content-Security-Policy").Single());
        }
    }

    [Fact]
    public async Task The_same_bytes_lie_in_the_store_once_under_their_hash()
    {
        await Added("client", client, ("one.png", png), ("two.png", png));
        var file = (await Files())["two.png"];
        var store = world.App.Services.GetRequiredService<FileStore>();
        Assert.Equal([file.Sha256], store.All(world.Slug));
        Assert.Equal(
            file.Sha256,
            Convert.ToHexStringLower(
                System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(store.Place(world.Slug, file.Sha256)))
            )
        );
    }

    [Fact]
    public async Task Who_may_not_see_the_record_sees_none_of_its_files_and_who_may_not_edit_it_adds_none()
    {
        await using var db = world.Db();
        var company = OwnCompany.Of("Remit", "BG", "EUR", null);
        var invoice = Invoice.For(company, client, null);
        db.AddRange(company, invoice);
        await db.SaveChangesAsync();
        await Added("paper", invoice.Id, ("signed.pdf", "%PDF-1.7 signed"u8.ToArray()));
        var file = (await Files())["signed.pdf"];
        Assert.Contains("signed.pdf", await world.Text($"papers/{invoice.Id}"));
        var (programmer, _) = await world.SomeoneWhoIs(Role.Programmer);
        Assert.Equal(HttpStatusCode.NotFound, (await programmer.Get($"files/{file.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Send(programmer, "client", client, ("a.txt", "a"u8.ToArray()))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await programmer.Post($"files/{file.Id}/remove")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Send(world.Owner, "nothing", client, ("a.txt", "a"u8.ToArray()))).StatusCode);
    }

    [Fact]
    public async Task What_is_too_big_nameless_or_would_swell_is_refused()
    {
        Assert.Contains("larger than 25 MB", await Refused(("big.bin", new byte[FilesModule.Largest + 1])));
        Assert.Contains("excessive size", await Refused(("bomb.zip", Zip(new byte[200 << 20]))));
        Assert.Contains("longer than", await Refused((new string('a', 200) + ".txt", "a"u8.ToArray())));
        Assert.Contains("no name", await Refused(("...", "a"u8.ToArray())));
        await using var db = world.Db();
        Assert.False(await db.Set<Attachment>().AnyAsync());
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData(@"C:\Users\a\Отчёт за март.xlsx", "Отчёт за март.xlsx")]
    [InlineData("bill\u202Efdp.exe", "billfdp.exe")]
    [InlineData("a\r\nSet-Cookie: x.txt", "aSet-Cookie x.txt")]
    public void A_name_keeps_no_folders_and_nothing_unseen(string given, string kept) => Assert.Equal(kept, Attachment.Plain(given));

    [Fact]
    public void Types_are_told_by_bytes()
    {
        Assert.Equal(
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            FileType.Of(new MemoryStream(Zip([1], "[Content_Types].xml", "xl/workbook.xml")))
        );
        Assert.Equal("application/zip", FileType.Of(new MemoryStream(Zip([1], "xl/workbook.xml"))));
        Assert.Equal("text/plain", FileType.Of(new MemoryStream(Encoding.UTF8.GetBytes(new string('ж', 4000)))));
        Assert.Equal(FileType.Unknown, FileType.Of(new MemoryStream([0, 1, 2, 3])));
        Assert.Equal(FileType.Unknown, FileType.Of(new MemoryStream("PK\x03\x04 broken"u8.ToArray())));
        Assert.Equal("image/webp", FileType.Of(new MemoryStream("RIFF....WEBPVP8 "u8.ToArray())));
    }

    [Fact]
    public async Task A_removed_file_comes_back_by_undo_with_its_bytes_and_a_client_with_files_is_not_undone()
    {
        await Added("client", client, ("photo.png", png));
        var file = (await Files())["photo.png"];
        await world.Post($"files/{file.Id}/remove");
        Assert.Equal(HttpStatusCode.NotFound, (await world.Owner.Get($"files/{file.Id}")).StatusCode);
        await using var db = world.Db();
        await world.Post($"history/{await db.Journal.OrderByDescending(j => j.Seq).Select(j => j.ChangeId).FirstAsync()}/undo");
        Assert.Equal(png, await (await world.Owner.Get($"files/{file.Id}")).Content.ReadAsByteArrayAsync());
        var creation = await db.Journal.Where(j => j.RecordId == client).Select(j => j.ChangeId).SingleAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post($"history/{creation}/undo")).StatusCode);
    }

    private static byte[] Zip(byte[] bytes, params string[] names)
    {
        var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var name in names.Length > 0 ? names : ["a.bin"])
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize).Open();
                entry.Write(bytes);
            }
        return memory.ToArray();
    }

    private async Task<Dictionary<string, Attachment>> Files()
    {
        await using var db = world.Db();
        return await db.Set<Attachment>().AsNoTracking().ToDictionaryAsync(a => a.Name);
    }

    private async Task Added(string kind, Guid record, params (string Name, byte[] Bytes)[] files)
    {
        var answer = await Send(world.Owner, kind, record, files);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    private async Task<string> Refused(params (string Name, byte[] Bytes)[] files)
    {
        var answer = await Send(world.Owner, "client", client, files);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private static async Task<HttpResponseMessage> Send(
        World.Visitor who,
        string kind,
        Guid record,
        params (string Name, byte[] Bytes)[] files
    )
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in await who.Token([("record_kind", kind), ("record_id", record.ToString())]))
            form.Add(new StringContent(value), name);
        foreach (var (name, bytes) in files)
        {
            var content = new ByteArrayContent(bytes);
            content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
            form.Add(content, "files", name);
        }
        return await who.Client.PostAsync(who.Full("files"), form);
    }
}
