namespace Remit.Modules.Duties.Reading;

internal sealed partial record ReviewWords
{
    private static readonly ReviewWords Azerbaijani = new()
    {
        Vague =
        [
            "əlləşmə",
            "ilə iş",
            "qarşılıqlı əlaqə",
            "müxtəlif",
            "və s.",
            "və digər",
            "ayrıca",
            "emal",
            "hər cür",
            "qeyri-müəyyən",
            "imkan daxilində",
            "nəsə",
        ],
        Emotional = ["!!", "unutqan", "gözəl", "dəhşət", "həmişəki kimi"],
        OpenEnded =
        [
            "aydınlaşdır",
            "dəqiqləşdir",
            "dəstəklə",
            "aparılma",
            "təminat",
            "iştirak",
            "köməklik",
            "axtarış",
            "axtarıl",
            "ötürül",
        ],
        Towards = ["üçün", "üzrə", "ilə", "barədə", "haqqında", "qədər"],
        Idle = ["digər", "yeni", "lazım", "olduqda"],
        Trivial = ["mürəkkəb", "sancaq", "doğranma", "kəsilmə", "suvarma"],
        ActionEndings = ["ması", "məsi", "ilmə", "ılma"],
        Actions = ["yoxlama", "göndərmə", "hazırlıq", "axtarış", "qəbul", "nəzarət", "görüş", "alış", "çatdırma", "zəng", "qeydiyyat"],
        NotActions = ["firması", "sxeması", "dram", "anlaşması", "proqramması"],
        Concrete = "{0}: <nə edilir> + <nə ilə> + <nəticə nədir>",
        WithResult = "{0} — nəticə: <nə hazırdır və kimdədir>",
        Folded = "Ümumi öhdəliyə daxil edin: {0}",
        Merged = "{0} ilə birləşdirin və ya fərqini yazın",
    };
}
