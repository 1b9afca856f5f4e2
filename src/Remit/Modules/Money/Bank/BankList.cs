using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;

namespace Remit.Modules.Money;

/// <summary>Every document of every statement as a list; what waits for an answer stands at <c>bank</c>.</summary>
public static class BankList
{
    public static readonly ListOf<BankLine> List = new()
    {
        Path = "bank/lines",
        Title = "bank.all",
        Needs = Permission.BankSee,
        Sort = "-booked_on",
        Empty = "bank.none",
        Rows = (db, _) => db.Set<BankLine>(),
        Search = (rows, _, words) =>
            Folding
                .Words(words)
                .Aggregate(
                    rows,
                    (found, word) =>
                        found.Where(l =>
                            l.PartyInn.Contains(word) || l.Number == word || l.PartyName.Contains(words) || l.Purpose.Contains(words)
                        )
                ),
        Columns =
        [
            Column<BankLine>.Of("bank_party", l => l.PartyName, sort: l => l.PartyKey),
            Column<BankLine>.Of("booked_on", l => l.BookedOn),
            Column<BankLine>.Of("bank_number", l => l.Number),
            Column<BankLine>.Of("tax_id", l => l.PartyInn, sort: l => l.PartyInn),
            Column<BankLine>.Of("bank_purpose", l => l.Purpose),
            Column<BankLine>.Money("bank_sum", l => l.Sum.Minor, l => l.Sum),
            Column<BankLine>.Money("bank_matched_sum", l => l.MatchedMinor, l => new Amount(l.MatchedMinor, l.Sum.Currency), hidden: true),
            Column<BankLine>.Of(
                "bank_state",
                l => l.State,
                show: (_, _) => "",
                marks: l =>
                    [
                        new Mark("bank.direction." + l.Direction),
                        new Mark(
                            "bank.state." + l.State,
                            l.State switch
                            {
                                BankLineState.Open => "wait",
                                BankLineState.Matched => "ok",
                                _ => "bad",
                            }
                        ),
                    ]
            ),
        ],
        Filters =
        [
            Filter<BankLine>.State("bank_state", l => l.State, "bank.state"),
            Filter<BankLine>.OneOf(
                "bank_direction",
                l => l.Direction,
                (_, screen) =>
                    Task.FromResult<IReadOnlyList<Choice>>([
                        .. new[] { "In", "Out", "Own", "Unknown" }.Select(d => new Choice(d, screen.T["bank.direction." + d])),
                    ])
            ),
            Filter<BankLine>.Period("booked_on", l => l.BookedOn),
        ],
        Presets = [new("bank.direction.In", "bank_direction=In"), new("bank.state.Open", "bank_state=Open&bank_direction=In")],
        Buttons = [new("menu.bank", "bank", Permission.BankSee)],
    };
}
