namespace Remit.Kernel;

/// <summary>Days that somebody may mean. Near the ends of the calendar a week more or less is no day at all.</summary>
public static class Days
{
    public static bool IsPlausible(this DateOnly day) => day.Year is >= 1900 and <= 2200;
}
