using Remit.Modules.Duties.Reading;
using Xunit.Abstractions;

namespace Remit.Tests.Duties;

public sealed class Duty_list_reading(ITestOutputHelper output)
{
    private static DutyList Read(string text) => DutyListReader.Read(text);

    private static string Numbers(DutyList list) => string.Join(' ', list.Items.Select(i => i.Number));

    [Fact]
    public void The_letter_of_the_firm_holds_38_duties_and_then_32()
    {
        if (DutyFixture.Source() is not { } text)
        {
            output.WriteLine("skipped");
            return;
        }
        var list = Read(text);
        Assert.Equal(2, list.ListCount);
        Assert.Equal((38, 32), (list.ItemsOf(0).Count(), list.ItemsOf(1).Count()));
        Assert.Equal(["Отредактировали", "Подскажите"], list.Unplaced.TakeLast(2).Select(u => u.Text.Split(' ', ',')[0]));
        Assert.Equal(5, list.Unplaced.Count);
        Assert.Contains(list.Findings, f => f is { Key: "duty.list.heading_lost", ListIndex: 0 } && f.Values["section"] == "4");
        Assert.Contains(list.Findings, f => f is { Key: "duty.list.item_missing", ListIndex: 0 } && f.Values["number"] == "4.1");
        Assert.Contains(list.Findings, f => f is { Key: "duty.list.section_missing", ListIndex: 1 } && f.Values["section"] == "3");
    }

    [Fact]
    public void Several_duties_in_a_line_are_told_apart_and_dates_and_amounts_are_not_duties()
    {
        var list = Read(DutyFixture.Text);
        Assert.Equal("1.1 1.2 1.3 2.1 2.2 4.2 1.1", Numbers(list));
        Assert.Equal("Поездки на почту к 12.05.2026.", list.Items.First().Text);
    }

    [Fact]
    public void A_wrapped_line_belongs_to_its_duty() =>
        Assert.Equal("Снабжениенезаполненными актами клиентов.", Read(DutyFixture.Text).Items.Single(i => i.Number == "2.2").Text);

    [Fact]
    public void Glued_words_are_parted_in_the_proposal_only()
    {
        var item = Read(DutyFixture.Text).Items.Single(i => i.Number == "4.2");
        Assert.Equal(("Информированиео времени выезда.", "Информирование о времени выезда."), (item.Text, item.Repaired));
    }

    [Theory]
    [InlineData("1. Работать с заданием, соглашениям и операциям, значением")]
    [InlineData("1. Поисковый сборник, приёмка, вводный инструктаж, поставка, сделать")]
    [InlineData("1. Растениеводство, организациями, работающий сотрудник, отправками, передачам")]
    [InlineData("1. Составление задания(й) и ссылка на счёт-фактуру, ссуда, обработать")]
    public void Honest_words_are_left_alone(string text) => Assert.All(Read(text).Items, i => Assert.Equal(i.Text, i.Repaired));

    [Theory]
    [InlineData("1. Sending mail\n2. Checking stamps\n3. Filing", "1 2 3")]
    [InlineData("1) Sending mail 2) Checking stamps 3) Filing", "1 2 3")]
    [InlineData("1. Mail\n1) Sending\n2) Checking\n2. Base\n1) Entering", "1.1 1.2 2.1")]
    [InlineData("Mail:\n- Sending\n- Checking\nBase:\n* Entering", "1.1 1.2 2.1")]
    [InlineData("• Sending\n• Checking", "1 2")]
    [InlineData("1. Mail\n1.1. Sending\n1.1.1. Letters\n1.1.2. Parcels", "1.1 1.1.1 1.1.2")]
    [InlineData("1.1;Sending;weekly\n1.2;Checking;daily", "1.1 1.2")]
    [InlineData("Sending mail;weekly\nChecking stamps;daily", "1 2")]
    [InlineData("1. Mail\n1.1. Sending, takes\n1.5 часа a week\n1.2. Filing", "1.1 1.2")]
    [InlineData("1. Mail\n1.1. Sending by item 1.2. of the list\n1.2. Filing", "1.1 1.2")]
    [InlineData("1. Mail 1.1. Sending.1.2.Filing. 4.2. Telling the time. 4.3. Questions. 5. Base 5.1. Entering", "1.1 1.2 4.2 4.3 5.1")]
    [InlineData("1. Mail\n1.1 Sending letters 1.2 Filing copies\n1.3 Stamps, as of 1.4 and 1.5 kg", "1.1 1.2 1.3")]
    [InlineData("Here is what we do: 1. Mail 1.1. Sending. 1.2. Filing", "1.1 1.2")]
    [InlineData("1. Base 1.1. Update to release 4.2. Then tell. 1.2. Filing", "1.1 1.2")]
    [InlineData("2.3) Sending\n2.4) Checking", "2.3 2.4")]
    [InlineData("", "")]
    public void Every_way_people_number_is_understood(string text, string numbers) => Assert.Equal(numbers, Numbers(Read(text)));

    [Fact]
    public void Prose_alone_is_no_list()
    {
        var list = Read("We are a young firm. We want to pay fairly. How do we begin? Please advise us.");
        Assert.Empty(list.Items);
        Assert.Equal("duty.unplaced.prose", Assert.Single(list.Unplaced).Reason);
    }
}
