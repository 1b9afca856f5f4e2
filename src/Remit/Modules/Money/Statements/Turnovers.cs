using Remit.Kernel;

namespace Remit.Modules.Money.Statements;

/// <summary>Whether the documents of an account come to what its balances say. Where that cannot be told, nothing is said.</summary>
/// <param name="accounts">Whose statement the file is.</param>
/// <param name="own">Those, and what else the firm calls its own.</param>
internal sealed class Turnovers(IReadOnlySet<string> accounts, IReadOnlySet<string> own)
{
    private sealed class Move(Document document, bool came)
    {
        public Document Document => document;
        public bool Came => came;
        public DateOnly? On => document.BookedOn;

        // A transfer between two accounts of one file may be told by each of them.
        public object Once => IsTransfer ? (document.Number, document.AmountMinor, document.Payer.Account, document.Payee.Account) : this;
        public bool IsTransfer => document.Direction == Direction.Own;
    }

    public IEnumerable<StatementWarning> Check(
        IEnumerable<(RawSection Raw, StatementAccount Said)> sections,
        IReadOnlyList<Document> documents
    )
    {
        var moves = new List<(string Account, Move Move)>();
        foreach (var document in documents)
        {
            if (Moves(document) is not { } told)
                return [];
            moves.AddRange(told);
        }
        var byAccount = moves.ToLookup(m => m.Account, m => m.Move);
        return sections.GroupBy(s => s.Said.Account).SelectMany(of => Check([.. of], [.. byAccount[of.Key]]));
    }

    /// <summary>Which accounts a document moves; null where the file does not tell whose it is.</summary>
    private List<(string Account, Move Move)>? Moves(Document document)
    {
        var (payer, payee) = (document.Payer.Account, document.Payee.Account);
        var told = new List<(string, Move)>();
        if (accounts.Contains(payer))
            told.Add((payer, new(document, came: false)));
        if (accounts.Contains(payee))
            told.Add((payee, new(document, came: true)));
        if (told.Count > 0)
            return told;
        // Masked accounts in the statement of one.
        return accounts.Count == 1 && document.Direction is Direction.In or Direction.Out && !own.Contains(payer) && !own.Contains(payee)
            ? [(accounts.First(), new(document, document.Direction == Direction.In))]
            : null;
    }

    private static IEnumerable<StatementWarning> Check(List<(RawSection Raw, StatementAccount Said)> sections, List<Move> moves)
    {
        if (sections is [var (raw, said)])
            return Differences(raw, said, moves);
        // A section for each day, say. A day that the file writes otherwise than the bank counted it is no matter.
        var whole = sections[0].Said with
        {
            In = Sum(sections.Select(s => s.Said.In)),
            Out = Sum(sections.Select(s => s.Said.Out)),
        };
        return sections.Exists(s => s.Said.From is null || s.Said.To is null) || !Differences(sections[0].Raw, whole, moves).Any()
            ? []
            : sections.SelectMany(s => Differences(s.Raw, s.Said, moves.FindAll(m => m.On >= s.Said.From && m.On <= s.Said.To)));
    }

    private static IEnumerable<StatementWarning> Differences(RawSection raw, StatementAccount said, List<Move> moves)
    {
        var all = Totals(moves);
        var once = moves.Exists(m => m.IsTransfer) ? Totals(moves.DistinctBy(m => (m.Came, m.Once))) : all;
        if (said.In is { } came && came != all.Came && came != once.Came)
            yield return Warning("came", "ВсегоПоступило", all.Came, came);
        if (said.Out is { } left && left != all.Left && left != once.Left)
            yield return Warning("left", "ВсегоСписано", all.Left, left);
        if (said is { Opening: { } opening, Closing: { } closing } && (said.In is null || said.Out is null))
            if (closing != opening + all.Came - all.Left && closing != opening + once.Came - once.Left)
                yield return Warning("closing", "КонечныйОстаток", opening + all.Came - all.Left, closing);

        StatementWarning Warning(string what, string field, Int128 sum, long stated)
        {
            var currency = moves.FirstOrDefault()?.Document.Currency ?? StatementFields.Currency(said.Account) ?? "RUB";
            return new(
                raw.Fields[field].Line,
                "statement.warn." + what,
                ("account", said.Account),
                ("sum", new Amount((long)Int128.Clamp(sum, long.MinValue, long.MaxValue), currency)),
                ("said", new Amount(stated, currency))
            );
        }
    }

    // As Int128, since nonsense in a damaged file must not overflow.
    private static (Int128 Came, Int128 Left) Totals(IEnumerable<Move> moves)
    {
        var (came, left) = (Int128.Zero, Int128.Zero);
        foreach (var move in moves)
            if (move.Came)
                came += move.Document.AmountMinor;
            else
                left += move.Document.AmountMinor;
        return (came, left);
    }

    private static long? Sum(IEnumerable<long?> said) => said.Aggregate((long?)0, (sum, one) => unchecked(sum + one));
}
