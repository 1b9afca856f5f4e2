using Remit.Kernel;
using Remit.Modules.Calendar;

namespace Remit.Modules.Planning.Reasons;

/// <summary>A reason that comes with the program: its name, who may see it, and how one meets for it.</summary>
internal abstract class KnownReason(string kind, Permission needs, MeetingKind meeting, bool byPhone = true) : IMeetingReason
{
    public string Kind => kind;
    public Permission Needs => needs;
    public bool ByPhone => byPhone;
    public MeetingKind Meeting => meeting;
    public abstract Task<IReadOnlyList<Reason>> Of(PlanAsk ask);
}
