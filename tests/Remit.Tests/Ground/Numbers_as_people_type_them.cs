using Remit.Kernel;
using Remit.Web;
using Xunit;

namespace Remit.Tests.Ground;

public sealed class Numbers_as_people_type_them
{
    [Theory]
    [InlineData("1234.50", 123_450)]
    [InlineData("1234,5", 123_450)]
    [InlineData("1 234,50", 123_450)]
    [InlineData("1\u00a0234\u00a0567,00", 123_456_700)]
    [InlineData("1,234.50", 123_450)]
    [InlineData("1.234,50", 123_450)]
    [InlineData("1,234", 123_400)]
    [InlineData("1.234.567", 123_456_700)]
    [InlineData("−10,5", -1_050)]
    public void Money_is_read_with_a_comma_or_a_dot_and_grouped_as_each_language_does(string typed, long minor) =>
        Assert.Equal(minor, Form.Hundredths(typed, "amount"));

    [Theory]
    [InlineData("1,23,456")]
    [InlineData("12.345.6")]
    [InlineData("0,125")]
    [InlineData("1,2345")]
    [InlineData("1.234,5,6")]
    [InlineData("ten")]
    [InlineData(",")]
    public void What_could_mean_two_things_is_refused_at_its_field(string typed) =>
        Assert.Equal("amount", Assert.Throws<Refusal>(() => Form.Hundredths(typed, "amount")).Field);

    [Fact]
    public void A_quantity_may_have_three_digits_behind_its_comma() => Assert.Equal(1.234m, Form.Number("1,234"));
}
