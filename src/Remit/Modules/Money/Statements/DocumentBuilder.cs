namespace Remit.Modules.Money.Statements;

/// <summary>Makes payments of raw sections: direction, dates, both sides, purpose.</summary>
/// <param name="own">The accounts of the file and of the firm.</param>
/// <param name="named">Whether the file says whose statement it is.</param>
/// <param name="currencies">What the firm's accounts are kept in: an IBAN does not tell.</param>
internal sealed class DocumentBuilder(
    HashSet<string> own,
    bool named,
    IReadOnlyDictionary<string, string> currencies,
    List<StatementWarning> warnings
)
{
    private const string PayerSide = "Плательщик",
        PayeeSide = "Получатель";

    /// <summary>The payment, or null with warnings when there is no telling how much was paid.</summary>
    public Document? Build(RawSection raw)
    {
        var amount = FieldReader.Amount(raw, "Сумма", warnings);
        if (amount is null)
        {
            warnings.Add(new(raw.Line, "statement.warn.left_out", ("title", raw.Title), ("number", raw["Номер"])));
            return null;
        }
        if (amount < 0)
            warnings.Add(new(raw.Line, "statement.warn.negative", ("number", raw["Номер"])));
        var payer = Side(raw, PayerSide);
        var payee = Side(raw, PayeeSide);
        var date = FieldReader.Date(raw, "Дата", warnings);
        var left = FieldReader.Date(raw, "ДатаСписано", warnings);
        var came = FieldReader.Date(raw, "ДатаПоступило", warnings);
        var direction = (own.Contains(payer.Account), own.Contains(payee.Account)) switch
        {
            (true, true) => Direction.Own,
            (true, false) => Direction.Out,
            (false, true) => Direction.In,
            // Banks mask accounts; the statement of a named account still says on which day it gave or got the money.
            _ when named && left is not null && came is null => Direction.Out,
            _ when named && came is not null && left is null => Direction.In,
            _ => Direction.Unknown,
        };
        var ownAccount = direction == Direction.In ? payee.Account : payer.Account;
        var counterAccount = direction == Direction.In ? payer.Account : payee.Account;
        return new Document
        {
            Line = raw.Line,
            Type = raw.Title,
            Number = raw["Номер"],
            Date = date,
            BookedOn = direction switch
            {
                Direction.In => came ?? date ?? left,
                Direction.Out => left ?? date ?? came,
                Direction.Own => left ?? came ?? date,
                // Without a direction neither booking day is ours.
                _ => date ?? left ?? came,
            },
            AmountMinor = amount.Value,
            Currency =
                StatementFields.Currency(ownAccount)
                ?? currencies.GetValueOrDefault(ownAccount)
                ?? StatementFields.CurrencyAbroad(ownAccount)
                ?? StatementFields.Currency(counterAccount)
                ?? "RUB",
            Direction = direction,
            Payer = payer,
            Payee = payee,
            Purpose = Purpose(raw),
        };
    }

    private Party Side(RawSection raw, string side)
    {
        var inn = StatementFields.Inn(raw.First(side + "ИНН", side + "БИН", side + "УНП"));
        var (name, innInName) = StatementFields.Name(raw[side], inn);
        if (name.Length == 0)
        {
            (name, var innInSecond) = StatementFields.Name(raw[side + "1"], inn);
            if (innInName.Length == 0)
                innInName = innInSecond;
        }
        if (inn.Length == 0)
            inn = StatementFields.Inn(innInName);
        var bank = string.Join(' ', new[] { raw[side + "Банк1"], raw[side + "Банк2"] }.Where(b => b.Length > 0));
        return new Party(name, inn, StatementFields.Inn(raw[side + "КПП"]), Account(raw, side), raw[side + "БИК"], bank);
    }

    // In payments through a correspondent the two account fields differ; the one that is ours decides.
    private string Account(RawSection raw, string side)
    {
        string[] keys = [side + "Счет", side + "РасчСчет", side + "ИИК"];
        foreach (var key in keys)
            if (own.Contains(raw[key]))
                return raw[key];
        return raw.First(keys);
    }

    // The numbered fields are the lines of the same text, not additional purposes.
    private static string Purpose(RawSection raw) =>
        raw["НазначениеПлатежа"] is { Length: > 0 } whole
            ? whole
            : string.Join(' ', Enumerable.Range(1, 6).Select(i => raw[$"НазначениеПлатежа{i}"]).Where(line => line.Length > 0));
}

/// <summary>Makes balances of raw sections and checks that they add up.</summary>
internal static class AccountBuilder
{
    public static StatementAccount Build(RawSection raw, string headerAccount, List<StatementWarning> warnings)
    {
        var account = raw.First("РасчСчет") is { Length: > 0 } named ? named : headerAccount;
        var opening = FieldReader.Amount(raw, "НачальныйОстаток", warnings);
        var came = FieldReader.Amount(raw, "ВсегоПоступило", warnings);
        var left = FieldReader.Amount(raw, "ВсегоСписано", warnings);
        var closing = FieldReader.Amount(raw, "КонечныйОстаток", warnings);
        // As Int128, since nonsense in a damaged file must not overflow.
        if (opening is { } o && came is { } i && left is { } l && closing is { } c && (Int128)o + i - l != c)
            warnings.Add(new(raw.Line, "statement.warn.balances", ("account", account)));
        return new StatementAccount(
            account,
            opening,
            came,
            left,
            closing,
            FieldReader.Date(raw, "ДатаНачала", warnings),
            FieldReader.Date(raw, "ДатаКонца", warnings)
        );
    }
}

/// <summary>Reads one field; an unreadable one is told with its line, an absent or empty one is simply null.</summary>
internal static class FieldReader
{
    public static long? Amount(RawSection raw, string key, List<StatementWarning> warnings) =>
        Read(raw, key, "amount", StatementFields.Amount, warnings);

    public static DateOnly? Date(RawSection raw, string key, List<StatementWarning> warnings) =>
        Read(raw, key, "date", StatementFields.Date, warnings);

    private static T? Read<T>(RawSection raw, string key, string kind, Func<string, T?> read, List<StatementWarning> warnings)
        where T : struct
    {
        if (!raw.Fields.TryGetValue(key, out var field) || field.Value.Length == 0)
            return null;
        var value = read(field.Value);
        if (value is null)
        {
            var shown = field.Value.Length <= 40 ? field.Value : field.Value[..40] + "…";
            warnings.Add(new(field.Line, "statement.warn.no_" + kind, ("field", key), ("text", shown)));
        }
        return value;
    }
}
