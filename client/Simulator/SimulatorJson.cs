using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImovoSim.Client;

/// What goes to the simulator's control routes and comes from them.
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SimulatorClient))]
[JsonSerializable(typeof(ClientsBody))]
[JsonSerializable(typeof(MakeClientRequest))]
[JsonSerializable(typeof(RotateKeyRequest))]
[JsonSerializable(typeof(MadeClient))]
[JsonSerializable(typeof(SimulatedVoucher))]
[JsonSerializable(typeof(VoucherPage))]
[JsonSerializable(typeof(VoucherDetails))]
[JsonSerializable(typeof(TerminalRequest))]
[JsonSerializable(typeof(TerminalAnswer))]
[JsonSerializable(typeof(ClockRequest))]
[JsonSerializable(typeof(ClockReading))]
[JsonSerializable(typeof(AdvanceRequest))]
[JsonSerializable(typeof(ClockAdvance))]
[JsonSerializable(typeof(LimitRequest))]
[JsonSerializable(typeof(LimitReading))]
[JsonSerializable(typeof(FaultRequest))]
[JsonSerializable(typeof(ActiveFault))]
[JsonSerializable(typeof(FaultsBody))]
[JsonSerializable(typeof(VerifyRequest))]
[JsonSerializable(typeof(Counted))]
[JsonSerializable(typeof(JournalPage))]
[JsonSerializable(typeof(SimulatedMessage))]
[JsonSerializable(typeof(MessagePage))]
[JsonSerializable(typeof(SeedRequest))]
[JsonSerializable(typeof(SeededVouchers))]
[JsonSerializable(typeof(DefaultsBody))]
[JsonSerializable(typeof(ApplicationsBody))]
[JsonSerializable(typeof(KeyApplication))]
[JsonSerializable(typeof(ApproveRequest))]
[JsonSerializable(typeof(RefuseRequest))]
[JsonSerializable(typeof(WaitingBody))]
[JsonSerializable(typeof(ProblemBody))]
internal sealed partial class SimulatorJson : JsonSerializerContext;

internal sealed record ClientsBody(IReadOnlyList<SimulatorClient> Clients);

internal sealed record MakeClientRequest(string Name, string? Key, decimal? WeeklyLimit, IReadOnlyList<string>? Campaigns);

internal sealed record RotateKeyRequest(string? Key);

internal sealed record ApplicationsBody(IReadOnlyList<KeyApplication> Applications);

internal sealed record ApproveRequest(IReadOnlyList<string>? Campaigns, decimal? WeeklyLimit);

internal sealed record RefuseRequest(string Reason);

internal sealed record WaitingBody(string Id);

internal sealed record TerminalRequest(string? Outlet, string? Terminal, decimal? Amount);

internal sealed record ClockRequest(string Mode, string? At, string? By);

internal sealed record AdvanceRequest(string By);

internal sealed record LimitRequest(decimal WeeklyLimit);

internal sealed record FaultsBody(IReadOnlyList<ActiveFault> Faults);

internal sealed record FaultRequest(string Kind)
{
    public string? When { get; init; }
    public string? Operation { get; init; }
    public string? Campaign { get; init; }
    public string? Reference { get; init; }
    public long? Nth { get; init; }
    public long? Every { get; init; }
    public double? Probability { get; init; }
    public long? Strikes { get; init; }
    public string? Until { get; init; }
    public int? Status { get; init; }
    public string? Body { get; init; }
    public string? ContentType { get; init; }
    public int? RetryAfter { get; init; }
    public int? Milliseconds { get; init; }
    public int? To { get; init; }
    public int? Deviation { get; init; }
}

internal sealed record VerifyRequest(string Of)
{
    public long? Exactly { get; init; }
    public long? AtLeast { get; init; }
    public long? AtMost { get; init; }
    public string? Reference { get; init; }
    public string? Campaign { get; init; }
    public string? Code { get; init; }
    public string? Operation { get; init; }
    public bool? Struck { get; init; }
    public string? Wait { get; init; }
}

internal sealed record JournalPage(IReadOnlyList<JournalEntry> Entries, string? Next);

internal sealed record MessagePage(IReadOnlyList<SimulatedMessage> Messages, string? Next);

internal sealed record ProblemBody(string? Title, string? Detail);

/// A TimeSpan as the whole seconds that it is on the wire.
internal sealed class Seconds : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TimeSpan.FromSeconds(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteNumberValue((long)value.TotalSeconds);
}
