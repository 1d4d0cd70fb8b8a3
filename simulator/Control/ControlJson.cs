using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ImovoSim.Clock;
using ImovoSim.Delivery;
using ImovoSim.Faults;
using ImovoSim.Journal;
using ImovoSim.Onboarding;
using ImovoSim.Wire;

namespace ImovoSim.Control;

/// <summary>Every body of the control routes. What a request has and nobody knows is refused: a misspelt member must not pass for a default.</summary>
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(ClientBody))]
[JsonSerializable(typeof(ClientsBody))]
[JsonSerializable(typeof(VouchersBody))]
[JsonSerializable(typeof(VoucherStory))]
[JsonSerializable(typeof(TerminalRequest))]
[JsonSerializable(typeof(TerminalBody))]
[JsonSerializable(typeof(ClockRequest))]
[JsonSerializable(typeof(ClockBody))]
[JsonSerializable(typeof(AdvanceRequest))]
[JsonSerializable(typeof(AdvanceBody))]
[JsonSerializable(typeof(LimitRequest))]
[JsonSerializable(typeof(LimitBody))]
[JsonSerializable(typeof(FaultRequest))]
[JsonSerializable(typeof(Fault))]
[JsonSerializable(typeof(FaultsBody))]
[JsonSerializable(typeof(JournalBody))]
[JsonSerializable(typeof(EntriesBody))]
[JsonSerializable(typeof(MessageBody))]
[JsonSerializable(typeof(MessagesBody))]
[JsonSerializable(typeof(VerifyRequest))]
[JsonSerializable(typeof(VerifiedBody))]
[JsonSerializable(typeof(SeedRequest))]
[JsonSerializable(typeof(SeededBody))]
[JsonSerializable(typeof(DefaultsRequest))]
[JsonSerializable(typeof(DefaultsBody))]
[JsonSerializable(typeof(MakeClientRequest))]
[JsonSerializable(typeof(RotateKeyRequest))]
[JsonSerializable(typeof(MadeClientBody))]
[JsonSerializable(typeof(ApplicationBody))]
[JsonSerializable(typeof(ApplicationsBody))]
[JsonSerializable(typeof(ApproveRequest))]
[JsonSerializable(typeof(RefuseRequest))]
[JsonSerializable(typeof(WaitingBody))]
// Its options are none that fast writers are generated for, and those would only be larger.
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
internal sealed partial class ControlJson : JsonSerializerContext
{
    /// <summary>As people read it: a pound sign is a pound sign.</summary>
    public static ControlJson Plain { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    public static byte[] Write<T>(T body, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(body, type);

    public static Answer Answer<T>(T body, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) =>
        new(status, "application/json; charset=utf-8", Write(body, type));
}
