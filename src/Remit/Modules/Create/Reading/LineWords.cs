using System.Collections.Frozen;
using Remit.Kernel;

namespace Remit.Modules.Create;

/// <summary>
/// The words that mean a kind, a day or a length, in the four languages at once: people mix them. All are written plain,
/// as <see cref="Folding"/> leaves them. Where two languages give one word two meanings, the reader looks at its neighbour.
/// </summary>
internal static class LineWords
{
    public const string Call = "call", Remote = "remote";

    public static readonly FrozenDictionary<string, string> Kinds = Table(
        (nameof(NewKind.Task), "задача задачу задание поручение поручи сделать напоминание напомни tapsiriq tapsirigi tapsir task todo remind"),
        (Call, "звонок позвонить позвони созвон перезвонить обаждане обади обадя позвъни позвъняване zeng zengi call phone"),
        (nameof(NewKind.Event), "встреча встречу событие совещание планерка среща събитие съвещание gorus gorusu hadise iclas meeting event appointment"),
        (nameof(NewKind.Visit), "визит выезд выезда посещение визита посети sefer seferi visit"),
        (Remote, "удаленно удаленка подключение дистанционно отдалечена отдалечено uzaqdan remote"),
        (nameof(NewKind.Client), "клиент клиента musteri client customer"),
        (nameof(NewKind.Note), "заметка заметку записать бележка запиши qeyd note"));

    /// <summary>Days counted from today.</summary>
    public static readonly FrozenDictionary<string, int> Near = new Dictionary<string, int>
    {
        ["сегодня"] = 0, ["завтра"] = 1, ["послезавтра"] = 2, ["днес"] = 0, ["утре"] = 1, ["вдругиден"] = 2,
        ["bugun"] = 0, ["sabah"] = 1, ["birigun"] = 2, ["birisigun"] = 2, ["today"] = 0, ["tomorrow"] = 1,
    }.ToFrozenDictionary();

    public static readonly FrozenDictionary<string, DayOfWeek> Weekdays = new Dictionary<DayOfWeek, string>
    {
        [DayOfWeek.Monday] = "понедельник понедельника понедельнику пн понеделник monday mon",
        [DayOfWeek.Tuesday] = "вторник вторника вторнику вт tuesday tue",
        [DayOfWeek.Wednesday] = "среда среду среды среде ср сряда cersenbe cersenbeye wednesday wed",
        [DayOfWeek.Thursday] = "четверг четверга четвергу чт четвъртък thursday thu",
        [DayOfWeek.Friday] = "пятница пятницу пятницы пятнице пт петък cume cumeye friday fri",
        [DayOfWeek.Saturday] = "суббота субботу субботы субботе сб събота senbe senbeye saturday sat",
        [DayOfWeek.Sunday] = "воскресенье воскресенья воскресенью вс неделя bazar bazara sunday sun",
    }.SelectMany(d => d.Value.Split(' ').Select(w => (w, d.Key))).ToFrozenDictionary(p => p.w, p => p.Key);

    /// <summary>Azerbaijani names of two words: «the eve of …», «the day after …».</summary>
    public static readonly FrozenDictionary<string, DayOfWeek> TwoWordDays = new Dictionary<string, DayOfWeek>
    {
        ["bazar ertesi"] = DayOfWeek.Monday, ["bazar ertesine"] = DayOfWeek.Monday, ["cersenbe axsami"] = DayOfWeek.Tuesday, ["cersenbe axsamina"] = DayOfWeek.Tuesday,
        ["cume axsami"] = DayOfWeek.Thursday, ["cume axsamina"] = DayOfWeek.Thursday,
    }.ToFrozenDictionary();

    public static readonly FrozenDictionary<string, int> Months = new[]
    {
        "января януари yanvar january jan", "февраля февруари fevral february feb", "марта март mart march mar", "апреля април aprel april apr", "мая май may", "июня юни iyun june jun",
        "июля юли iyul july jul", "августа август avqust august aug", "сентября септември sentyabr september sep", "октября октомври oktyabr october oct", "ноября ноември noyabr november nov", "декабря декември dekabr december dec",
    }.SelectMany((words, n) => words.Split(' ').Select(w => (w, n + 1))).ToFrozenDictionary(p => p.w, p => p.Item2);

    public static readonly FrozenDictionary<string, int> Units = new Dictionary<int, string>
    {
        [60] = "ч час часа часов h hr hour hours saat", [1] = "м мин минут минуты минути m min mins minute minutes deq deqiqe",
    }.SelectMany(u => u.Value.Split(' ').Select(w => (w, u.Key))).ToFrozenDictionary(p => p.w, p => p.Key);

    /// <summary>Spans of days for «in three days»: through, след, sonra.</summary>
    public static readonly FrozenDictionary<string, int> Spans = new Dictionary<int, string>
    {
        [1] = "день дня дней ден дни дена gun gunden day days", [7] = "неделю недели недель седмица седмици hefte hefteden week weeks", [30] = "месяц месяца месец месеца ay aydan month months",
    }.SelectMany(u => u.Value.Split(' ').Select(w => (w, u.Key))).ToFrozenDictionary(p => p.w, p => p.Key);

    public static readonly FrozenDictionary<string, int> HalfHours = new Dictionary<string, int> { ["полчаса"] = 30, ["полтора"] = 90, ["yarim"] = 30, ["половин"] = 30 }.ToFrozenDictionary();

    /// <summary>Words that only tie a day or an hour to the line, before it.</summary>
    public static readonly FrozenSet<string> Before = "в во на до к ко с във за от at on by until till from saat".Split(' ').ToFrozenSet();

    /// <summary>The same behind it, as Azerbaijani has them.</summary>
    public static readonly FrozenSet<string> After = "qeder kimi de da saatda radelerinde часов ч час часа".Split(' ').ToFrozenSet();

    private static FrozenDictionary<string, string> Table(params (string Kind, string Words)[] all) =>
        all.SelectMany(k => k.Words.Split(' ').Select(w => (w, k.Kind))).ToFrozenDictionary(p => p.w, p => p.Kind);
}
