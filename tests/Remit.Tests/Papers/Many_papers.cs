using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Remit.Modules.Clients;
using Remit.Modules.Papers;

namespace Remit.Tests.Papers;

public sealed class Many_papers(World world) : IClassFixture<World>
{
    // Eight by eight points.
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAYAAADED76LAAAAPUlEQVR4nN3MQRUAQAhCQZKYxCQkMYlJTGIhZGss1z8PAGBEKDPpqarY3ZoZ7q7cIQMa6AkDGdBABsQXDwfqPHnhUE5KSwAAAABJRU5ErkJggg=="
    );

    [Fact]
    public async Task Chosen_invoices_come_as_one_file_of_as_many_pages_without_drafts()
    {
        var ids = new List<Guid> { await Issued(9001), await Issued(9002), await Issued(9003) };
        var one = await (await world.Owner.Get($"papers/{ids[0]}/invoice.pdf")).Content.ReadAsByteArrayAsync();
        var answer = await world.Post("papers/bulk", [.. ids.Select(id => ("ids", $"{id}")), ("act", "print_invoices")]);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var file = await world.Owner.Get(answer.Headers.Location!.OriginalString);
        Assert.Equal("application/pdf", file.Content.Headers.ContentType!.MediaType);
        var pdf = await file.Content.ReadAsByteArrayAsync();
        Assert.Equal(3, Pages(pdf));
        Assert.Equal(1, Pages(one));
        Assert.Equal(HttpStatusCode.NotFound, (await world.Owner.Get("papers/print/invoices.pdf?ids=rubbish")).StatusCode);
    }

    [Fact]
    public async Task A_stamp_stands_on_the_papers_and_what_is_no_bounded_png_is_refused()
    {
        var id = await Issued(9004);
        await using var db = world.Db();
        var company = await db.Set<OwnCompany>().Select(c => c.Id).FirstAsync();
        Assert.Equal(HttpStatusCode.SeeOther, (await Send(company, Png)).StatusCode);
        var (with, without) = (await Bytes($"papers/{id}/invoice.pdf"), await Bytes($"papers/{id}/invoice.pdf?plain=1"));
        Assert.Contains("/Image", Encoding.Latin1.GetString(with));
        Assert.DoesNotContain("/Image", Encoding.Latin1.GetString(without));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Send(company, "<svg onload=alert(1)>"u8.ToArray())).StatusCode);
        var huge = (byte[])Png.Clone();
        huge[17] = 0xff;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Send(company, huge)).StatusCode);
        Assert.Equal(Png, await Bytes($"papers/companies/{company}/stamp.png"));
    }

    private static int Pages(byte[] pdf) =>
        System.Text.RegularExpressions.Regex.Matches(Encoding.Latin1.GetString(pdf), @"/Type\s*/Page\b").Count;

    private async Task<byte[]> Bytes(string path) => await (await world.Owner.Get(path)).Content.ReadAsByteArrayAsync();

    private async Task<HttpResponseMessage> Send(Guid company, byte[] bytes)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in await world.Owner.Token([]))
            form.Add(new StringContent(value), name);
        var file = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        form.Add(file, "stamp", "stamp.png");
        return await world.Owner.Client.PostAsync(world.Owner.Full($"papers/companies/{company}/pictures"), form);
    }

    private async Task<Guid> Issued(long number)
    {
        await using var db = world.Db();
        var client = Client.New($"Client {number}", "BG", DateTime.UtcNow);
        var company = await db.Set<OwnCompany>().FirstOrDefaultAsync();
        if (company is null)
            db.Add(company = OwnCompany.Of("Register Ltd", "BG", "EUR", null));
        var invoice = Invoice.For(company, client.Id, null);
        db.AddRange(client, invoice, invoice.Add("Service", 1000, "service", 10_000, 0));
        invoice.Issue(number, number, new DateOnly(2026, 11, 1), 10);
        await db.SaveChangesAsync();
        return invoice.Id;
    }
}
