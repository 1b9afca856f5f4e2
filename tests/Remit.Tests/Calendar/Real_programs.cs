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
        if (Missing("vdirsyncer"))
            return;
        using var phone = await Phone.OfOwner(world);
        var calendar = await phone.Calendar();
        var home = Directory.CreateTempSubdirectory("remit-vdir-").FullName;
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(home, "config"),
                $"""
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
                """
            );
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
            await File.WriteAllTextAsync(
                Path.Combine(folder, "v-server.ics"),
                Phone.Event("v-server", "20261123T130000Z", "Changed on the disk")
            );
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
                await File.WriteAllTextAsync(
                    Path.Combine(home, "khal"),
                    $"[calendars]\n[[remit]]\npath = {folder}\n[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
                );
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
    public async Task Khal_changes_a_series_and_the_server_keeps_it_and_a_conflict_loses_nothing()
    {
        if (Missing("vdirsyncer") || Missing("khal"))
            return;
        using var phone = await Phone.OfOwner(world);
        var calendar = await phone.Calendar();
        var home = Directory.CreateTempSubdirectory("remit-khal-").FullName;
        try
        {
            var name = calendar.TrimEnd('/').Split('/')[^1];
            var folder = Path.Combine(home, "files", name);
            await File.WriteAllTextAsync(
                Path.Combine(home, "config"),
                $"[general]\nstatus_path = \"{home}/status\"\n[pair cal]\na = \"disk\"\nb = \"remit\"\ncollections = [\"{name}\"]\n[storage disk]\ntype = \"filesystem\"\npath = \"{home}/files\"\nfileext = \".ics\"\n[storage remit]\ntype = \"caldav\"\nurl = \"{phone.Root}\"\nusername = \"{phone.Email}\"\npassword = \"{phone.Secret}\"\n"
            );
            await File.WriteAllTextAsync(
                Path.Combine(home, "khal"),
                $"[calendars]\n[[remit]]\npath = {folder}\n[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\nlocal_timezone = Europe/Sofia\ndefault_timezone = Europe/Sofia\n"
            );
            await phone.Send(
                "PUT",
                $"{calendar}k.ics",
                Phone.Event("k", "20271101T080000Z", "Weekly talk", "RRULE:FREQ=WEEKLY;COUNT=4\r\nX-OURS:kept\r\n")
            );
            await Run(home, "vdirsyncer", "y\ny\ny\n", "-c", $"{home}/config", "discover");
            await Sync();
            // khal's own editor: summary, then done.
            await Run(home, "khal", "s\nWeekly talk, renamed\nq\n", "-c", $"{home}/khal", "edit", "--show-past", "Weekly talk");
            await Sync();
            var text = await Text();
            foreach (var part in (string[])["Weekly talk\\, renamed", "FREQ=WEEKLY", "X-OURS:kept"])
                Assert.Contains(part, text);
            Assert.Contains("Weekly talk, renamed", await world.Text("calendar?day=2027-11-22"));

            // Made by khal as a series, seen on the page.
            await Run(
                home,
                "khal",
                "",
                "-c",
                $"{home}/khal",
                "new",
                "-a",
                "remit",
                "-r",
                "daily",
                "-u",
                "2027-12-05",
                "2027-12-01 10:00",
                "11:00",
                "Course by khal"
            );
            await Sync();
            Assert.Contains("Course by khal", await world.Text("calendar?day=2027-12-03&view=day"));

            // Both changed one event and nobody said who wins: the program stops, and each side still has its own.
            await phone.Send(
                "PUT",
                $"{calendar}k.ics",
                Phone.Event("k", "20271101T080000Z", "By the server", "RRULE:FREQ=WEEKLY;COUNT=4\r\n")
            );
            await File.WriteAllTextAsync(
                Path.Combine(folder, "k.ics"),
                Phone.Event("k", "20271101T080000Z", "By the disk", "RRULE:FREQ=WEEKLY;COUNT=4\r\n")
            );
            await Assert.ThrowsAsync<InvalidOperationException>(Sync);
            Assert.Contains("By the server", await Text());
            Assert.Contains("By the disk", await File.ReadAllTextAsync(Path.Combine(folder, "k.ics")));
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }

        async Task Sync() => await Run(home, "vdirsyncer", "", "-c", $"{home}/config", "sync");
        async Task<string> Text() => await (await phone.Send("GET", $"{calendar}k.ics")).Content.ReadAsStringAsync();
    }

    [Fact]
    public async Task Cadaver_lists_fetches_puts_moves_and_deletes()
    {
        if (Missing("cadaver"))
            return;
        using var phone = await Phone.OfOwner(world);
        var calendar = await phone.Calendar();
        await phone.Send("PUT", $"{calendar}c1.ics", Phone.Event("c1", "20261123T100000Z", "For cadaver"));
        var home = Directory.CreateTempSubdirectory("remit-cadaver-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(home, ".netrc"), $"machine 127.0.0.1 login {phone.Email} password {phone.Secret}\n");
            await File.WriteAllTextAsync(Path.Combine(home, "c2.ics"), Phone.Event("c2", "20261124T100000Z", "Put by cadaver"));
            var said = await Run(
                home,
                "cadaver",
                $"ls\nget c1.ics {home}/got.ics\nput {home}/c2.ics c2.ics\nmove c2.ics c3.ics\ndelete c1.ics\nls\nquit\n",
                new Uri(phone.Root, calendar).AbsoluteUri
            );
            Assert.Contains("c1.ics", said);
            Assert.DoesNotContain("Error", said);
            Assert.Contains("For cadaver", await File.ReadAllTextAsync(Path.Combine(home, "got.ics")));
            Assert.Contains("Put by cadaver", await (await phone.Send("GET", $"{calendar}c3.ics")).Content.ReadAsStringAsync());
            Assert.Equal(System.Net.HttpStatusCode.NotFound, (await phone.Send("GET", $"{calendar}c1.ics")).StatusCode);
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    [Fact]
    public async Task The_Python_library_finds_makes_changes_and_deletes()
    {
        const string python = "/usr/bin/python3";
        if (Missing(python) || !await Imports(python, "caldav"))
            return;
        using var phone = await Phone.OfOwner(world);
        await phone.Calendar();
        var said = await Run(
            Path.GetTempPath(),
            python,
            "",
            "-c",
            """
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
            raw = []
            post = caldav.DAVClient.post
            caldav.DAVClient.post = lambda c, *a, **k: (raw.append(post(c, *a, **k)), raw[-1])[1]
            # The library reads the answer as if it were a multistatus; what came is looked at itself.
            try: me.freebusy_request(datetime.datetime(2026, 11, 23, tzinfo=datetime.timezone.utc), datetime.datetime(2026, 11, 24, tzinfo=datetime.timezone.utc), ['mailto:' + sys.argv[2], 'mailto:stranger@example.com'])
            except Exception as no: print('library', repr(no))
            said = raw[0].raw.decode() if isinstance(raw[0].raw, bytes) else raw[0].raw
            print('outbox', raw[0].status, said.count('2.0;Success'), said.count('3.7;'), said.count('FREEBUSY;FBTYPE=BUSY:20261123T100000Z/20261123T110000Z'))
            e.delete(); print('left', len(mine.events())); mine.delete()
            """,
            phone.Root.ToString(),
            phone.Email,
            phone.Secret
        );
        foreach (var line in (string[])["calendar Лекции", "changed 1 1", "busy 1", "outbox 200 1 1 1", "left 0"])
            Assert.Contains(line, said);
    }

    private static bool Missing(string program)
    {
        var found = program.StartsWith('/')
            ? File.Exists(program)
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(p => File.Exists(Path.Combine(p, program)));
        if (!found)
            Console.WriteLine($"skipped: no {program}");
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
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = home,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        (start.Environment["HOME"], start.Environment["LC_ALL"], start.Environment["PYTHONIOENCODING"]) = (home, "C.UTF-8", "utf-8");
        using var running = Process.Start(start)!;
        var (output, error) = (running.StandardOutput.ReadToEndAsync(), running.StandardError.ReadToEndAsync());
        await running.StandardInput.WriteAsync(typed);
        running.StandardInput.Close();
        await running.WaitForExitAsync();
        if (running.ExitCode != 0)
            throw new InvalidOperationException($"{program}: {await output}{await error}");
        return await output + await error;
    }
}
