using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ImovoSim.Clients;
using ImovoSim.Clock;
using ImovoSim.Faults;
using ImovoSim.Storage;
using ImovoSim.Vouchers;
using ImovoSim.Wire;

namespace ImovoSim.Control;

/// <summary>GET /_sim/export: a client's whole state at one moment, as a <see cref="ClientFile"/>; a line each member, a line each voucher and each message.</summary>
internal static class Export
{
    private const int FlushEvery = 1 << 16;

    // A caller who reads slowly holds what the store keeps for its snapshot.
    private static readonly SemaphoreSlim OneAtATime = new(1);

    public static void MapExport(this IEndpointRouteBuilder routes, ControlRoute control) => routes.MapGet("/_sim/export", control.ForClient(Show)).Describes(() => new(
        "exportClient", "Client", "Export the client", "Its whole state at one moment but for its key and its journal, in a format with a version that later simulators read.")
    {
        Answers = [new(StatusCodes.Status200OK, "The file.", ContentType: "application/json")],
        Refuses = [400],
    });

    private static async ValueTask<Answer> Show(ControlCall call)
    {
        if (call.RefuseOther() is { } refusal)
            return refusal;
        var look = await call.Look();
        return new Answer(
            StatusCodes.Status200OK, "application/json; charset=utf-8", default, "Content-Disposition", $"attachment; filename=\"{FileName(look.Client)}\"",
            Streamed: response => Write(response, call.Store, look.Client.Id, call.Cancelled));
    }

    private static string FileName(Client client) => string.Concat(client.Name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '-')) + ".imovosim.json";

    private static async Task Write(HttpResponse response, IStore store, long client, CancellationToken cancel)
    {
        await OneAtATime.WaitAsync(cancel);
        try
        {
            await using var snapshot = await store.Snapshot(client, cancel) ?? throw new UnknownKeyException();
            await Write(response.BodyWriter, snapshot, cancel);
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private static async Task Write(PipeWriter output, Snapshot snapshot, CancellationToken cancel)
    {
        WriteHead(output, snapshot.Client);
        output.Write("\"vouchers\":["u8);
        var lines = 0;
        await foreach (var (voucher, history) in snapshot.Vouchers(cancel))
        {
            output.Write(lines++ == 0 ? "\n"u8 : ",\n"u8);
            output.Write(JsonSerializer.SerializeToUtf8Bytes(ClientFile.VoucherEntry.Of(voucher, history), ClientFileJson.Strict.VoucherEntry));
            if (output.UnflushedBytes > FlushEvery)
                await output.FlushAsync(cancel);
        }

        output.Write("\n],\n\"messages\":["u8);
        lines = 0;
        foreach (var message in await snapshot.Messages(cancel))
        {
            output.Write(lines++ == 0 ? "\n"u8 : ",\n"u8);
            output.Write(JsonSerializer.SerializeToUtf8Bytes(ClientFile.MessageEntry.Of(message), ClientFileJson.Strict.MessageEntry));
            if (output.UnflushedBytes > FlushEvery)
                await output.FlushAsync(cancel);
        }

        output.Write("\n]\n}\n"u8);
        await output.FlushAsync(cancel);
    }

    private static void WriteHead(PipeWriter output, Client client)
    {
        var json = ClientFileJson.Strict;
        var plan = FaultPlan.Of(client);
        output.Write("{\n"u8);
        Member(output, "format", ClientFile.FormatName, json.String);
        Member(output, "version", ClientFile.LastVersion, json.Int32);
        Member(output, "name", client.Name, json.String);
        Member(output, "campaigns", client.Grant.Text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), json.IReadOnlyListString);
        if (client.WeeklyLimit is { } limit)
            Member(output, "weeklyLimit", Money.ToPounds(limit), json.Decimal);
        if (client.FirstLimit is { } first)
            Member(output, "firstLimit", Money.ToPounds(first), json.Decimal);
        Member(output, "clock", new ClientFile.ClockEntry(client.Clock.FrozenAt is { } at ? London.Local(at) : null, (decimal)client.Clock.Offset.Ticks / TimeSpan.TicksPerSecond), json.ClockEntry);
        Member(output, "seed", client.Seed.ToString("x16", CultureInfo.InvariantCulture), json.String);
        Member(output, "days", [.. client.DayTotals.Select(total => new ClientFile.DayEntry(total.Day, Money.ToPounds(total.Pence)))], json.IReadOnlyListDayEntry);
        Member(output, "lastFaultId", plan.LastId, json.Int64);
        Member(output, "faults", plan.Faults, json.IReadOnlyListFault);
        Member(output, "lastMessageId", client.LastMessage, json.Int64);
    }

    private static void Member<T>(PipeWriter output, string name, T value, JsonTypeInfo<T> type)
    {
        output.Write(JsonSerializer.SerializeToUtf8Bytes(name, ClientFileJson.Strict.String));
        output.Write(":"u8);
        output.Write(JsonSerializer.SerializeToUtf8Bytes(value, type));
        output.Write(",\n"u8);
    }

    private static void Write(this PipeWriter output, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(output.GetSpan(bytes.Length));
        output.Advance(bytes.Length);
    }
}
