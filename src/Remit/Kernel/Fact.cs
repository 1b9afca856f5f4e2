namespace Remit.Kernel;

/// <summary>
/// Something that happened in the trade, stated by a module while it saves. Duties are bound to facts by code; the
/// work ledger gets its entry in the same transaction. The module that states it knows nothing of duties or pay.
/// </summary>
/// <param name="Code">From <see cref="FactCatalogue"/>.</param>
/// <param name="PersonId">Who did it.</param>
/// <param name="On">The firm's local day.</param>
/// <param name="SubjectId">The record it is about: the visit, the invoice, the payment.</param>
/// <param name="ChainId">The chain of papers it belongs to; a later fact on the same chain can meet a condition.</param>
/// <param name="Label">What people see: «Act № 402 · Meridian LLC».</param>
public sealed record Fact(
    string Code,
    Guid? PersonId,
    DateOnly On,
    Guid SubjectId,
    Guid ChainId,
    Guid? ClientId,
    string Label,
    long QuantityMilli = 1000
);

/// <summary>
/// What was stated of a record holds no longer: the paper was cancelled. Its facts are withdrawn and the work they wrote is
/// reversed, on this day or the first that still takes entries.
/// </summary>
/// <param name="Reason">What people see beside the reversal, in the firm's language.</param>
/// <param name="Code">Where only this fact of the record holds no longer.</param>
public sealed record Withdrawal(Guid SubjectId, DateOnly On, string Reason, string? Code = null);

/// <summary>The facts that can be stated; a text key <c>fact.{code}</c> names each in four languages.</summary>
public static class FactCatalogue
{
    /// <param name="ByOther">Confirmed by someone else than the one who is paid for it: the safer trigger.</param>
    public sealed record Kind(string Code, bool ByOther);

    public static readonly IReadOnlyList<Kind> All =
    [
        new("visit.planned", false),
        new("visit.confirmed", true),
        new("visit.done", true),
        new("invoice.issued", false),
        new("act.issued", false),
        new("act.returned", true),
        new("payment.matched", true),
        new("client.created", false),
        new("event.logged", false),
        new("call.logged", false),
        new("meeting.held", false),
        new("meeting.client_upkeep", false),
        new("meeting.new_client", false),
        new("meeting.speaker", false),
        new("meeting.interview", false),
        new("meeting.internal", false),
        new("meeting.visit", false),
        new("meeting.remote_session", false),
        new("meeting.other", false),
        new("question.asked", false),
        new("question.answered", false),
        new("contract.signed", true),
        new("contract.extended", true),
        new("payment.promised", false),
        new("event.attended", true),
        new("decision.done", false),
        new("goal.reached", true),
    ];

    /// <summary>Facts that may serve as the condition under which a piece of work is paid.</summary>
    public static readonly IReadOnlyList<string> Conditions = ["act.returned", "visit.confirmed", "payment.matched"];
}
