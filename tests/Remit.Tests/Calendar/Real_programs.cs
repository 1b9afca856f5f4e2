using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Remit.Modules.Calendar;

namespace Remit.Tests.Calendar;

/// <summary>Programs that people use with their calendars, against the served program; skipped where they are not installed.</summary>
public sealed class Real_programs(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Vdirsyncer_carries_events_both_ways_with_conflicts_and_deletes()
    {
        if (Missing("vdirsyncer")) return;
        using var phone = await Phone.OfOwner(world);
        var calendar = await phone.Calendar();
        var home = Directory.CreateTempSubdirectory("remit-vdir-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(home, "config"), $"""
                [general]
                status_path = "{home}/status"
                [pair cal]
                a = "disk"
                b = "remit"
                collections = ["from b"]
                conflict_resolution = "b wins"
                [storage disk]
                type = "filesystem"
                path = "{home}/files"
                fileext = ".ics"
                [storage remit]
                type = "caldav"
                url = "{phone.Root}"
                username = "{phone.Email}"
                password = "{phone.Secret}"
                """);
            await phone.Send("PUT", $"{calendar}v-keep.ics", Phone.Event("v-keep", "20261123T100000Z", "Kept"));
            await phone.Send("PUT", $"{calendar}v-server.ics", Phone.Event("v-server", "20261123T100000Z", "From the server"));
            await Run(home, "vdirsyncer", "y\ny\ny\n", "-c", $"{home}/config", "discover");
            await Sync();
            var folder = Path.Combine(home, "files", calendar.TrimEnd('/').Split('/')[^1]);
            Assert.Contains("From the server", await File.ReadAllTextAsync(Path.Combine(folder, "v-server.ics")));

            await File.WriteAllTextAsync(Path.Combine(folder, "v-disk.ics"), Phone.Event("v-disk", "20261124T100000Z", "From the disk"));
            await Sync();
            Assert.Contains("From the disk", await Text("v-disk"));

            // Both sides change the same event: the server's wins here, as the configuration says, and nothing breaks.
            await phone.Send("PUT", $"{calendar}v-server.ics", Phone.Event("v-server", "20261123T120000Z", "Changed on the server"));
            await File.WriteAllTextAsync(Path.Combine(folder, "v-server.ics"), Phone.Event("v-server", "20261123T130000Z", "Changed on the disk"));
            await Sync();
            Assert.Contains("Changed on the server", await File.ReadAllTextAsync(Path.Combine(folder, "v-server.ics")));

            await phone.Send("DELETE", $"{calendar}v-server.ics");
            File.Delete(Path.Combine(folder, "v-disk.ics"));
            await Sync();
            Assert.False(File.Exists(Path.Combine(folder, "v-server.ics")));
            await using var db = world.Db();
            Assert.False(await db.Set<CalendarItem>().AnyAsync(i => i.Uid == "v-disk"));

            if (!Missing("khal"))
            {
                await File.WriteAllTextAsync(Path.Combine(home, "khal"), $"[calendars]\n[[remit]]\npath = {folder}\n[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n");
                Assert.Contains("Kept", await Run(home, "khal", "", "-c", $"{home}/khal", "list", "2026-11-23", "1d"));
            }
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }

        async Task Sync() => await Run(home, "vdirsyncer", "", "-c", $"{home}/config", "sync");
        async Task<string> Text(string name) => await (await phone.Send("GET", $"{calendar}{name}.ics")).Content.ReadAsStringAsync();
    }

    [Fact]
    public async Task The_Python_library_finds_makes_changes_and_deletes()
    {
        const string python = "/usr/bin/python3";
        if (Missing(python) || !await Imports(python, "caldav")) return;
        using var phone = await Phone.OfOwner(world);
        var said = await Run(Path.GetTempPath(), python, "", "-c", """
            import caldav, datetime, sys
            me = caldav.DAVClient(url=sys.argv[1], username=sys.argv[2], password=sys.argv[3]).principal()
            mine = me.make_calendar(name='Лекции')
            e = mine.save_event('BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:py\nDTSTAMP:20260101T000000Z\nDTSTART:20261123T100000Z\nDTEND:20261123T110000Z\nRRULE:FREQ=DAILY;COUNT=5\nSUMMARY:Встреча\nEND:VEVENT\nEND:VCALENDAR\n')
            print('calendar', mine.name or mine.get_properties([caldav.elements.dav.DisplayName()])['{DAV:}displayname'])
            print('times', len(mine.date_search(start=datetime.datetime(2026, 11, 24), end=datetime.datetime(2026, 11, 26), expand=True)))
            seen = mine.objects_by_sync_token()
            e.data = e.data.replace('Встреча', 'Другая'); e.save()
            print('changed', len(list(mine.objects_by_sync_token(seen.sync_token))), mine.event_by_uid('py').data.count('Другая'))
            print('busy', mine.freebusy_request(datetime.datetime(2026, 11, 23), datetime.datetime(2026, 11, 24)).data.count('FREEBUSY;'))
            e.delete(); print('left', len(mine.events())); mine.delete()
            """, phone.Root.ToString(), phone.Email, phone.Secret);
        foreach (var line in (string[])["calendar Лекции", "changed 1 1", "busy 1", "left 0"]) Assert.Contains(line, said);
    }

    private static bool Missing(string program)
    {
        var found = program.StartsWith('/') ? File.Exists(program) : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(p => File.Exists(Path.Combine(p, program)));
        if (!found) Console.WriteLine($"skipped: no {program}");
        return !found;
    }

    private static async Task<bool> Imports(string python, string module)
    {
        try
        {
            await Run(Path.GetTempPath(), python, "", "-c", $"import {module}");
            return true;
        }
        catch (InvalidOperationException)
        {
            Console.WriteLine($"skipped: no {module}");
            return false;
        }
    }

    private static async Task<string> Run(string home, string program, string typed, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = home };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        (start.Environment["HOME"], start.Environment["LC_ALL"], start.Environment["PYTHONIOENCODING"]) = (home, "C.UTF-8", "utf-8");
        using var running = Process.Start(start)!;
        var (output, error) = (running.StandardOutput.ReadToEndAsync(), running.StandardError.ReadToEndAsync());
        await running.StandardInput.WriteAsync(typed);
        running.StandardInput.Close();
        await running.WaitForExitAsync();
        if (running.ExitCode != 0) throw new InvalidOperationException($"{program}: {await output}{await error}");
        return await output + await error;
    }
}
