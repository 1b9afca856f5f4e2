namespace Remit.Modules.Duties.Reading;

internal sealed partial record ReviewWords
{
    private static readonly ReviewWords English = new()
    {
        Vague = ["handling", "handle ", "work with", "working with", "various", "etc", "and so on", "miscellaneous", "separately", "processing", "dealing with", "deal with", "different ", "other tasks", "stuff", "fiddling", "if possible", "as needed", "liaising"],
        Emotional = ["!!", "forgetful", "annoying", "nice ", "lovely", "boring", "endless", "nightmare"],
        OpenEnded = ["clarif", "support", "maintain", "participat", "assist", "help", "search", "pass", "supply", "coordinat", "communicat"],
        Towards = ["to", "for", "in", "into", "on", "with", "from", "by", "so", "at", "about"],
        Idle = ["other", "new", "necessary", "needed", "when", "the", "and"],
        Trivial = ["ink", "paperclip", "paper clip", "stapler", "sharpen", "watering", "stamps"],
        ActionEndings = ["ing"],
        Actions = ["send", "check", "prepare", "file", "enter", "print", "call", "buy", "scan", "copy", "search", "issue", "collect", "deliver", "write", "update", "register", "inform", "answer"],
        NotActions = ["meeting", "building", "existing", "incoming", "outgoing", "missing", "pricing", "remaining", "training", "during", "morning", "following", "accounting", "consulting"],
        Concrete = "{0}: <action> + <object> + <result>",
        WithResult = "{0} — result: <what is ready and who has it>",
        Folded = "Make it part of a wider duty: {0}",
        Merged = "Merge with {0}, or say how they differ",
    };
}
