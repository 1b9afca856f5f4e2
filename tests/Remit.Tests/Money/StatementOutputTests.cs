using System.Text.Json;
using Remit.Modules.Money.Statements;
using static Remit.Tests.Money.StatementFixture;

namespace Remit.Tests.Money;

public sealed class StatementOutputTests
{
    [Fact]
    public void The_same_file_again_adds_nothing_and_twins_are_both_kept()
    {
        var once = Read(File(Payment(), Payment())).Documents.Select(d => d.Fingerprint).ToList();
        var again = Read(File(Balances, Payment(), Payment()), "ibm866").Documents.Select(d => d.Fingerprint);
        Assert.Equal(2, once.Distinct().Count());
        Assert.Equal(once, again);
    }

    [Fact]
    public void The_json_has_exactly_the_agreed_shape()
    {
        var json = StatementJson.Write(Read(File(Payment("Чужое=1"))));
        Assert.Equal(
            """{"format":"1CClientBankExchange","version":"1.03","encoding":"utf-8","accounts":[],"documents":[{"type":"Платежное поручение","number":"12","date":"2026-10-02","amount":"50.50","currency":"RUB","direction":"in","payer":{"name":"ООО \"Ромашка\"","inn":"7700000016","account":"40702810500000000888","bic":""},"payee":{"name":"АО Своё","inn":"","account":"40702810000000000777","bic":""},"purpose":"Оплата по счету № 518 a=b"}],"warnings":[{"line":16,"text":"Unknown field «Чужое» was skipped."}]}""",
            json
        );
        using var parsed = JsonDocument.Parse(json);
        Assert.Equal(JsonValueKind.Object, parsed.RootElement.ValueKind);
    }
}
