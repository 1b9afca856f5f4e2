using Remit.Kernel;

namespace Remit.Tests.Kernel;

public sealed class IdentifiersTests
{
    [Theory]
    [InlineData("RU", "7707083893", true)]
    [InlineData("RU", "7707083894", false)]
    [InlineData("BY", "200988541", true)]
    [InlineData("BY", "200988542", false)]
    [InlineData("BY", "MA1953684", true)]
    [InlineData("BG", "BG121817309", true)]
    [InlineData("AZ", "300725012", true)]
    [InlineData("AZ", "1400057424", false)]
    [InlineData("US", "12-3456789", null)]
    public void A_tax_number_is_checked_by_its_country(string country, string value, bool? expected) =>
        Assert.Equal(expected, Identifiers.CheckTaxId(country, value));

    [Fact]
    public void A_treasury_account_is_never_rejected() => Assert.True(Identifiers.IsRuAccount("03100643000000015400", "015402901"));

    [Theory]
    [InlineData("773601001", true)]
    [InlineData("7736AB001", true)]
    [InlineData("77360100", false)]
    public void A_kpp_is_known_by_its_shape(string value, bool expected) => Assert.Equal(expected, Identifiers.IsKpp(value));

    [Theory]
    [InlineData("044525225", true)]
    [InlineData("144525225", false)]
    [InlineData("04452522", false)]
    public void A_bic_is_known_by_its_shape(string value, bool expected) => Assert.Equal(expected, Identifiers.IsBic(value));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("x")]
    public void Nothing_and_noise_are_no_numbers(string? value) =>
        Assert.False(
            Identifiers.IsInn(value)
                || Identifiers.IsOgrn(value)
                || Identifiers.IsSnils(value)
                || Identifiers.IsEik(value)
                || Identifiers.IsEgn(value)
                || Identifiers.IsVoen(value)
                || Identifiers.IsIban(value)
                || Identifiers.IsUnp(value)
                || Identifiers.IsKpp(value)
                || Identifiers.IsBic(value)
                || Identifiers.IsRuAccount(value, value)
        );

    [Fact]
    public void The_collected_vectors_hold()
    {
        if (Samples.Find("ids/id_vectors.csv") is not { } file)
            return;
        foreach (var row in File.ReadLines(file).Skip(1).Select(line => line.Split(';')))
        {
            if (row[3] == "skip")
                continue;
            var valid = row[0] switch
            {
                "inn" => Identifiers.IsInn(row[1]),
                "ogrn" => Identifiers.IsOgrn(row[1]),
                "snils" => Identifiers.IsSnils(row[1]),
                "rs" or "ks" => Identifiers.IsRuAccount(row[1], row[2]),
                "eik" => Identifiers.IsEik(row[1]),
                "egn" => Identifiers.IsEgn(row[1]),
                "pnf" => Identifiers.IsPnf(row[1]),
                "voen" => Identifiers.IsVoen(row[1]),
                "iban" => Identifiers.IsIban(row[1]),
                _ => row[3] == "1",
            };
            Assert.True(valid == (row[3] == "1"), string.Join(';', row));
        }
    }
}
