using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Remit.Modules.Calendar;
using Remit.Modules.Received;

namespace Remit.Tests.Received;

/// <summary>A firm into which letters come, for the tests.</summary>
internal static class Office
{
    /// <summary>Brings letters on the page, as a person drops them.</summary>
    public static async Task<HttpResponseMessage> Drop(this World world, Guid? client, params byte[][] letters)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in await world.Owner.Token([]))
            form.Add(new StringContent(value), name);
        if (client is { } id)
            form.Add(new StringContent($"{id}"), "client");
        foreach (var (letter, i) in letters.Select((l, i) => (l, i)))
        {
            var file = new ByteArrayContent(letter);
            file.Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");
            form.Add(file, "files", $"{i}.eml");
        }
        return await world.Owner.Client.PostAsync(world.Owner.Full("letters/add"), form);
    }

    /// <summary>The letter after it was brought.</summary>
    public static async Task<ReceivedLetter> Taken(this World world, byte[] letter, Guid? client = null)
    {
        var answer = await world.Drop(client, letter);
        Assert.True((int)answer.StatusCode == 303, await answer.Content.ReadAsStringAsync());
        await using var db = world.Db();
        return await db.Set<ReceivedLetter>().AsNoTracking().OrderByDescending(l => l.Id).FirstAsync();
    }

    public static Task<HttpResponseMessage> SetUpMailbox(this World world, params (string Name, string Value)[] more) =>
        world.Post("mail/mailbox", [.. new (string, string)[] { ("mailbox_address", "office@firm.example") }, .. more]);

    public static async Task<Invitation> Now(this World world, Invitation invitation)
    {
        await using var db = world.Db();
        return await db.Set<Invitation>().AsNoTracking().SingleAsync(i => i.Id == invitation.Id);
    }
}
