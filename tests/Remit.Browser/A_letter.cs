using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Remit.Browser;

/// <summary>A stranger writes, somebody sorts the letter, somebody else answers; each on their own screen.</summary>
[Collection(Looking.Name)]
public sealed class A_letter(Site site)
{
    private const string Asked = "Two tills, one stock: do you look after such a shop?",
        Answered = "Yes. Both tills write into one stock; we set it up in a day.";

    [Fact]
    public async Task A_strangers_letter_becomes_a_client_and_a_question_and_the_answer_stands_at_their_link()
    {
        await site.AtDemo(_ => Task.CompletedTask);
        await site.At(async office =>
        {
            await site.SignIn(office, "elena");
            await Dropped(office, "Rose Quayle <rose@quayle.example>", "Two tills", Asked);
            await office.GotoAsync(site.Demo + "letters?letter_state=Unsorted");
            await office.Take("letters");
            await office.ClickAsync("main a:has-text('Two tills')");
            await Expect(office.Locator(".file")).ToContainTextAsync("tills.csv");
            await office.FillAsync("[name=client_title]", "Quayle Gifts");
            await office.ClickAsync("form[action$='/client'] button.main");
            await office.ClickAsync("main a[href^='questions/']");
            await Expect(office.Locator("main")).ToContainTextAsync(Asked);
            var (question, has) = (office.Url, (await office.Locator("main .row b").First.TextContentAsync())!);
            await office.Take("letter-question");
            await site.OnPhone(
                async phone =>
                {
                    await phone.GotoAsync(question);
                    await phone.FillAsync("[name=answer]", Answered);
                    await phone.ClickAsync("form[action$='/answer'] button.main");
                    await Expect(phone.Locator("form[action$='/answer']")).ToHaveCountAsync(0);
                },
                Phone.Mails[has]
            );
            await office.GotoAsync(question);
            await Expect(office.Locator("main")).ToContainTextAsync(Answered);
            await office.ClickAsync("main a[href^='clients/']");
            var door = await office.Locator("input[readonly]").First.InputValueAsync();
            await site.OnPhone(async page =>
            {
                await page.GotoAsync(door);
                await Expect(page.Locator("main")).ToContainTextAsync(Answered);
            });
            // Known now: what they write next is a question by itself.
            await Dropped(office, "rose@quayle.example", "Another matter", "And the loyalty cards?");
            await Expect(office.Locator("main a[href^='questions/']")).ToHaveCountAsync(1);
        });
    }

    private async Task Dropped(IPage page, string from, string subject, string text)
    {
        await page.GotoAsync(site.Demo + "letters/add");
        await page.SetInputFilesAsync(
            "input[type=file]",
            new FilePayload
            {
                Name = "letter.eml",
                MimeType = "message/rfc822",
                Buffer = Encoding.UTF8.GetBytes(
                    $"""
                    From: {from}
                    To: office@demo.example
                    Subject: {subject}
                    Date: Thu, 26 Nov 2026 09:00:00 +0000
                    Message-ID: <{Guid.NewGuid():N}@quayle.example>
                    MIME-Version: 1.0
                    Content-Type: multipart/mixed; boundary="b"

                    --b
                    Content-Type: text/plain; charset=utf-8

                    {text}
                    --b
                    Content-Type: text/csv; name="tills.csv"
                    Content-Disposition: attachment; filename="tills.csv"

                    till,stock
                    1,214
                    --b--
                    """
                ),
            }
        );
        await page.ClickAsync("main form button.main");
        await Expect(page.Locator("h1")).ToHaveTextAsync(subject);
    }
}
