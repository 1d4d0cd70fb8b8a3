using System.Diagnostics;
using System.Net;
using ImovoSim.Storage;
using Microsoft.Data.Sqlite;

namespace ImovoSim.Tests;

/// What the program does when its file cannot be opened, or cannot be written any more.
public sealed class SqliteFailureTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("imovo-sqlite-").FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_refuses_with_503_keeps_nothing_refused_and_needs_no_restart()
    {
        await using var disk = await SmallDisk.Mount(_folder);
        await using (var simulator = await SimulatorProcess.Start("--DataFolder", _folder))
        {
            using var callers = new Callers("sim_full_disk", simulator.Address);
            await callers.Issue(4, 50);
            disk.Fill();
            await callers.Issue(4, 200);
            Assert.Equal("The simulator's store does not answer", Assert.Single(callers.Refused.Distinct()));
            await AssertUnavailable(simulator, "sim_full_disk");
            Assert.Contains(simulator.Output, line => line.Contains("disk is full", StringComparison.Ordinal));

            disk.Free();
            await callers.Issue(4, 50);
            Assert.Empty(await callers.CancelAll());
            Assert.Equal(0, await simulator.Stop());
            Assert.Equal(3 + callers.Acknowledged.Count, CountOfVouchers("sandbox-%"));
        }
    }

    [Fact]
    public async Task A_file_that_is_no_database_stops_the_start_with_a_sentence()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, SqliteFile.Name), new string('x', 5000), Cancelled);
        await AssertStopped("file is not a database");
    }

    [Fact]
    public async Task A_database_of_another_program_stops_the_start_with_a_sentence_and_is_left_alone()
    {
        Execute("CREATE TABLE somebody_elses (one INTEGER)");
        await AssertStopped("is another program's database");
        Execute("INSERT INTO somebody_elses VALUES (1)");
    }

    [Fact]
    public async Task A_file_that_another_program_has_open_stops_the_start_with_a_sentence()
    {
        await using var first = await SimulatorProcess.Start("--DataFolder", _folder);
        await AssertStopped("another program has it open");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_stops_the_start_with_a_sentence()
    {
        await using var disk = await SmallDisk.Mount(_folder);
        await disk.MakeReadOnly();
        await AssertStopped("cannot be opened");
    }

    [Fact]
    public async Task A_file_that_takes_no_new_client_stops_the_start_with_a_sentence()
    {
        await (new SqliteStore(_folder)).DisposeAsync();
        Execute("CREATE TRIGGER never BEFORE INSERT ON client BEGIN SELECT RAISE(ABORT, 'no client today'); END");
        await AssertStopped("no client today");
    }

    [Fact]
    public async Task A_file_that_is_taken_away_is_written_no_more_and_when_it_is_back_it_goes_on()
    {
        var elsewhere = Directory.CreateTempSubdirectory("imovo-elsewhere-").FullName;
        await using var simulator = await SimulatorProcess.Start("--DataFolder", _folder);
        using var callers = new Callers("sim_taken_away", simulator.Address);
        await callers.Issue(4, 50);
        var files = Directory.GetFiles(_folder, $"{SqliteFile.Name}*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).ToList();
        files.ForEach(file => File.Move(file, Path.Combine(elsewhere, Path.GetFileName(file))));
        await callers.Issue(4, 50);
        Assert.Equal(50, callers.Acknowledged.Count);
        await AssertUnavailable(simulator, "sim_taken_away");
        Assert.Contains(simulator.Output, line => line.Contains("is not there any more", StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(_folder, SqliteFile.Name)));

        files.ForEach(file => File.Move(Path.Combine(elsewhere, Path.GetFileName(file)), file));
        await callers.Issue(4, 50);
        Assert.Equal(100, callers.Acknowledged.Count);
        Assert.Empty(await callers.CancelAll());
        await simulator.Kill();
        Assert.Equal(3 + 100, CountOfVouchers("sandbox-%"));
        Directory.Delete(elsewhere, true);
    }

    [Fact]
    public async Task A_log_of_it_that_is_deleted_loses_nothing_acknowledged()
    {
        await using var simulator = await SimulatorProcess.Start("--DataFolder", _folder);
        using var callers = new Callers("sim_no_log", simulator.Address);
        await callers.Issue(4, 50);
        File.Delete(Path.Combine(_folder, $"{SqliteFile.Name}-wal"));
        // The log is looked for once a second.
        await Task.Delay(TimeSpan.FromMilliseconds(1100), TimeProvider.System, Cancelled);
        await callers.Issue(4, 50);
        await simulator.Kill();
        await using var again = await SimulatorProcess.Start("--DataFolder", _folder);
        using var after = new Callers("sim_no_log", again.Address);
        foreach (var code in callers.Acknowledged)
            after.Acknowledged.Add(code);
        Assert.Empty(await after.CancelAll());
    }

    [Fact]
    public async Task Another_programs_short_lock_is_waited_for()
    {
        await using var simulator = await SimulatorProcess.Start("--DataFolder", _folder);
        using var callers = new Callers("sim_patient", simulator.Address);
        await callers.Issue(1, 1);
        using (var connection = Open())
        {
            using var command = new SqliteCommand("BEGIN IMMEDIATE", connection);
            command.ExecuteNonQuery();
            var issuing = callers.Issue(4, 20);
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Cancelled);
            Assert.Single(callers.Acknowledged);
            command.CommandText = "COMMIT";
            command.ExecuteNonQuery();
            await issuing;
        }

        Assert.Equal((21, 0), (callers.Acknowledged.Count, callers.Refused.Count));
    }

    [Fact]
    public async Task A_database_of_a_later_version_stops_the_start_with_a_sentence()
    {
        await (new SqliteStore(_folder)).DisposeAsync();
        Execute("PRAGMA user_version = 99");
        await AssertStopped("has schema 99");
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private async Task AssertStopped(string why)
    {
        var (exitCode, output, error) = await SimulatorProcess.RunToEnd("--DataFolder", _folder, "--urls", "http://127.0.0.1:0");
        Assert.Equal(1, exitCode);
        Assert.Equal("", output);
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    private static async Task AssertUnavailable(SimulatorProcess simulator, string key)
    {
        using var http = new HttpClient { BaseAddress = simulator.Address };
        http.DefaultRequestHeaders.Add("X-API-KEY", key);
        using var answer = await http.PostAsync("/VoucherRequest/Request?campaignCode=THINK&customerReference=1&value=10", null, Cancelled);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("application/json; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("{\"errorMessages\":[\"The simulator's store does not answer\"],\"successfulRequest\":false}", await answer.Content.ReadAsStringAsync(Cancelled));
        Assert.NotEmpty(answer.Headers.GetValues("X-Correlation-Id"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync("/readyz", Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/healthz", Cancelled)).StatusCode);
    }

    private long CountOfVouchers(string client)
    {
        using var connection = Open();
        using var command = new SqliteCommand("SELECT count(*) FROM voucher JOIN client ON client.id = voucher.id >> 36 WHERE client.name LIKE $1", connection);
        command.Parameters.AddWithValue("$1", client);
        return (long)command.ExecuteScalar()!;
    }

    private void Execute(string sql)
    {
        using var connection = Open();
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, SqliteFile.Name)};Pooling=False");
        connection.Open();
        return connection;
    }

    /// A file system of two megabytes, which only root can make.
    private sealed class SmallDisk(string folder) : IAsyncDisposable
    {
        private string Filler => Path.Combine(folder, "filler");

        public static async Task<SmallDisk> Mount(string folder)
        {
            var mounted = Environment.UserName == "root" && await Run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder) == 0;
            Need.Have("mount", mounted, "a small file system can only be mounted by root");
            return new SmallDisk(folder);
        }

        public void Fill()
        {
            using var filler = File.OpenWrite(Filler);
            try
            {
                while (true)
                    filler.Write(new byte[4096]);
            }
            catch (IOException)
            {
                // Full.
            }
        }

        public void Free() => File.Delete(Filler);

        public async Task MakeReadOnly() => Assert.Equal(0, await Run("mount", "-o", "remount,ro", folder));

        public async ValueTask DisposeAsync() => Assert.Equal(0, await Run("umount", folder));

        private static async Task<int> Run(string program, params string[] arguments)
        {
            using var process = Process.Start(program, arguments);
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
    }
}
