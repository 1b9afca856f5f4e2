using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Tests.Shape;

namespace Remit.Tests.Clients;

public sealed class ClientRules
{
    private readonly Client meridian = Client.New(" Meridian LLC ", "RU", DateTime.UnixEpoch);

    [Fact]
    public void A_client_without_a_name_is_refused() =>
        Assert.Equal("client.no_name", Assert.Throws<Refusal>(() => Client.New("  ", "RU", DateTime.UnixEpoch)).Key);

    [Fact]
    public void Blanks_around_a_name_are_dropped() => Assert.Equal("Meridian LLC", meridian.Name);

    [Fact]
    public void A_tax_number_with_wrong_check_digits_is_refused() =>
        Assert.Equal("client.tax_id", Assert.Throws<Refusal>(() => meridian.Register("RU", "7707083894", "", "")).Key);

    [Fact]
    public async Task The_same_name_in_another_case_looks_like_the_same_client()
    {
        await using var firm = await EmptyFirm.Make();
        firm.Db.Add(meridian);
        await firm.Db.SaveChangesAsync();
        Assert.NotNull(await firm.Db.LookingLike(Client.New("MERIDIAN llc", "RU", DateTime.UnixEpoch)));
        Assert.Null(await firm.Db.LookingLike(Client.New("Meridian", "RU", DateTime.UnixEpoch)));
    }

    [Theory]
    [InlineData("BY12AKBB30120000987600001235")]
    [InlineData("AZ22NABZ00000000137010001944")]
    public void An_account_that_looks_like_an_IBAN_is_checked_as_one(string account) =>
        Assert.Equal("client.iban", Assert.Throws<Refusal>(() => meridian.PayFrom(account, "")).Key);

    [Fact]
    public void An_address_of_a_contact_that_is_none_is_refused_and_names_it()
    {
        var wrong = Assert.Throws<Refusal>(() => Contact.At(meridian, "Ann", "", "", "ann at firm", true));
        Assert.Equal(("contact.email", "email"), (wrong.Key, wrong.Field));
    }

    [Fact]
    public void A_contact_without_a_name_is_refused() =>
        Assert.Equal("contact.no_name", Assert.Throws<Refusal>(() => Contact.At(meridian, "", "", "", "", true)).Key);
}
