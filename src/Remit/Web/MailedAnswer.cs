using Remit.Storage;

namespace Remit.Web;

/// <summary>When a letter reaches the firm, and where the firm is reached.</summary>
/// <param name="Root">This firm's address, for links in what is sent on; null where it is not known, and nothing leaves.</param>
public sealed record Arrival(Firm Firm, string? Root, DateTime Now);

/// <summary>What a guest's calendar program answers to an invitation (iTIP, RFC 5546). That it comes from this guest is the sender's word.</summary>
/// <param name="Method"><c>REPLY</c>, or <c>COUNTER</c> where another time is asked for.</param>
/// <param name="From">The sender of the letter, in lower case.</param>
/// <param name="Attendee">The guest who answers, in lower case.</param>
/// <param name="State"><c>ACCEPTED</c>, <c>DECLINED</c> or <c>TENTATIVE</c>.</param>
/// <param name="Time">Of a series the one time that is answered (RECURRENCE-ID, in UTC, or a day); empty where all of it is.</param>
/// <param name="StartsAt">The time that is answered, or asked for; null where the program does not say.</param>
public sealed record MailedAnswer(
    string Method,
    string Uid,
    int Sequence,
    DateTime? Stamp,
    string From,
    string Attendee,
    string State,
    string Time,
    DateTime? StartsAt,
    string Comment
);

/// <summary>What became of an answer: a text key <c>received.became_invitation_…</c>, and the record it is about.</summary>
/// <param name="Told">Whom it concerns hears of it already.</param>
public sealed record Became(string Key, LetterAbout About, bool Told);

/// <summary>A module that sends invitations hears here what was answered by mail.</summary>
public interface IHearsAnswers
{
    /// <summary>Null where the invitation is not this module's. It is saved with the letter.</summary>
    Task<Became?> Hear(AppDb db, MailedAnswer answer, Arrival here);
}
