using Remit.Modules.Papers.Printing;

namespace Remit.Tests.Kernel;

public sealed class PaymentQrTests
{
    private static string Sample(string name = "ООО «Три кита»", string? purpose = null) =>
        PaymentQr.Payload(name, "40702810138250123017", "ОАО \"БАНК\"", "044525225", "30101810400000000225", 123456, purpose, "7707083893");

    [Fact]
    public void A_payload_has_the_five_mandatory_fields_first_and_the_sum_in_kopecks() =>
        Assert.Equal(
            "ST00012|Name=ООО «Три кита»|PersonalAcc=40702810138250123017|BankName=ОАО \"БАНК\"|BIC=044525225"
                + "|CorrespAcc=30101810400000000225|Sum=123456|PayeeINN=7707083893",
            Sample()
        );

    [Fact]
    public void A_bar_in_a_value_makes_another_sign_the_separator()
    {
        var payload = Sample(purpose: "Счёт 1 | 2");
        Assert.StartsWith("ST00012@Name=", payload);
        Assert.Equal("Счёт 1 | 2", PaymentQr.Parse(payload)!["Purpose"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ST00012|Name=x")]
    [InlineData("https://example.org/a")]
    public void Other_codes_are_not_read_as_payments(string text) => Assert.Null(PaymentQr.Parse(text));

    [Fact]
    public void The_modules_form_a_square_with_finder_patterns_at_three_corners()
    {
        var modules = PaymentQr.Modules(Sample());
        var side = modules.GetLength(0);
        Assert.Equal(side, modules.GetLength(1));
        Assert.Equal(1, side % 4);
        Assert.True(modules[0, 0] && modules[0, side - 1] && modules[side - 1, 0]);
        Assert.False(modules[1, 1]);
    }

    [Theory]
    [InlineData("qr_min_utf8.txt", "30101810965770000413")]
    [InlineData("qr_min_win1251.txt", "30101810965770000413")]
    [InlineData("qr_sep_hash.txt", "30101810400000000225")]
    public void The_sample_codes_are_read_in_their_encodings(string name, string corrAccount)
    {
        if (Samples.Find("qr-gost/" + name) is not { } file)
            return;
        var fields = PaymentQr.Parse(File.ReadAllBytes(file))!;
        Assert.Equal(corrAccount, fields["CorrespAcc"]);
        Assert.Matches("[а-яА-Я]{3}", fields["Name"]);
    }
}
