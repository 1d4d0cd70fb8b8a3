using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ImovoSim.Tests;

/// simulator/Control/examples.json is what a simulator really answers, call after call; the document quotes it.
public sealed partial class ExamplesTests
{
    // The ids of a journal's entries tell replicas apart, and so differ from run to run.
    private const string Id = "1828564992000000001";
    private string _id = "";

    // Nor is the id of who waits for a key to be guessed.
    private const string Application = "0123456789abcdef0123456789abcdef";
    private string _application = "";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_examples_are_what_is_answered()
    {
        await using var simulator = new Simulator(("Onboarding:Approval", "true"));
        var shown = (await Examples()).ToJsonString(Readable);
        var held = new JsonArray();
        foreach (var example in JsonNode.Parse(shown)!.AsArray())
            held.Add(await Hold(simulator, example!.AsObject()));
        var received = Path.Combine(AppContext.BaseDirectory, "examples.received.json");
        await File.WriteAllTextAsync(received, held.ToJsonString(Readable) + "\n", TestContext.Current.CancellationToken);
        Assert.True(shown == held.ToJsonString(Readable), $"examples.json is not what is answered. When the answers of {received} are right, move it over simulator/Control/examples.json.");
    }

    [Fact]
    public async Task Every_body_of_a_client_or_the_admin_has_an_example()
    {
        var served = new ServedDocument((await Simulator.Shared.WithKey(null).Get("/_sim/openapi.json")).Body);
        foreach (var (method, path, operation) in served.Operations.Where(one => one.Operation["security"]!.AsArray().Count > 0))
        {
            var bodies = operation["responses"]!.AsObject().Select(answer => answer.Value!["content"]?["application/json"]).Where(body => body?["schema"]!["properties"] is not null || body?["schema"]!["items"] is not null).Append(operation["requestBody"]?["content"]!["application/json"]);
            Assert.All(bodies.OfType<JsonObject>(), body => Assert.True(body.ContainsKey("examples"), $"{method} {path} has a body without an example in examples.json."));
        }
    }

    private static async Task<JsonArray> Examples() =>
        JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "control-examples.json"), TestContext.Current.CancellationToken))!.AsArray();

    private async Task<JsonObject> Hold(Simulator simulator, JsonObject example)
    {
        var call = ((string)example["call"]!).Split(' ');
        var caller = call[1].StartsWith("/_sim/admin", StringComparison.Ordinal) ? simulator.Admin : simulator.WithKey("sim_story");
        var reply = await caller.Send(new HttpMethod(call[0]), call[1].Replace(Id, _id, StringComparison.Ordinal).Replace(Application, _application, StringComparison.Ordinal), Body(example["body"]));
        if (EntryId().Match(reply.Body) is { Success: true } entry)
            _id = entry.Value;
        if (ApplicationId().Match(reply.Body) is { Success: true } application)
            _application = application.Value;
        var held = example.DeepClone().AsObject();
        held.Remove("status");
        held.Remove("answer");
        held["status"] = reply.Status;
        if (reply.Bytes.Length > 0)
            held["answer"] = JsonNode.Parse(ApplicationId().Replace(EntryId().Replace(reply.Body.Replace(simulator.Http.BaseAddress!.Authority, "127.0.0.1:5080", StringComparison.Ordinal), Id), Application));
        return held;
    }

    // What is taken as text stands there as text.
    private static string? Body(JsonNode? body) => body is JsonValue text ? (string?)text : body?.ToJsonString();

    [GeneratedRegex("\\b[0-9]{19}\\b")]
    private static partial Regex EntryId();

    [GeneratedRegex("\\b[0-9a-f]{32}\\b")]
    private static partial Regex ApplicationId();
}
