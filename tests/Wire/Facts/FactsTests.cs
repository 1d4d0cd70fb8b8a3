using System.Text.Json;
using ImovoSim.Fidelity;

namespace ImovoSim.Tests;

internal static partial class Conversations
{
    public static readonly IReadOnlyList<Conversation> All = [.. Transport(), .. Shape(), .. Codes(), .. Validation(), .. Limits(), .. Cancelling(), .. Redeeming()];
}

/// Every possible answer of every fact shows on the wire, and shows otherwise than each other answer.
public sealed class FactsTests
{
    public static TheoryData<string, string> Answers
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var conversation in Conversations.All)
            {
                foreach (var (answer, _) in conversation.Seen)
                    rows.Add(conversation.Fact.Id, answer);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task The_simulator_goes_by_the_answer(string id, string answer)
    {
        var conversation = Conversations.All.Single(conversation => conversation.Fact.Id == id);
        await using var simulator = new Simulator(profile: $$"""{"{{id}}": "{{answer}}"}""", campaigns: Talk.Campaigns);
        var seen = await conversation.Hold(new Talk(simulator, simulator.UnjudgedCaller()));
        Assert.Equal(conversation.Seen.Single(one => one.Answer == answer).Seen, seen);
    }

    [Fact]
    public void Every_answer_of_every_fact_has_a_conversation_that_tells_it_from_the_others()
    {
        Assert.Equal(Facts.All.Select(fact => fact.Id).Order(), Conversations.All.Select(conversation => conversation.Fact.Id).Order());
        foreach (var conversation in Conversations.All)
        {
            Assert.Equal(conversation.Fact.Answers.Order(), conversation.Seen.Select(one => one.Answer).Order());
            Assert.Equal(conversation.Seen.Length, conversation.Seen.Select(one => one.Seen).Distinct().Count());
        }
    }

    [Fact]
    public void A_fact_has_an_id_of_its_own_two_answers_at_least_and_says_how_it_is_known()
    {
        Assert.Equal(Facts.All.Count, Facts.All.Select(fact => fact.Id).Distinct().Count());
        Assert.Equal(Enumerable.Range(0, Facts.All.Count), Facts.All.Select(fact => fact.Index).Order());
        Assert.All(Facts.All, fact =>
        {
            Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", fact.Id);
            Assert.InRange(fact.Answers.Length, 2, 10);
            Assert.Equal(fact.Answers.Length, fact.Answers.Distinct().Count());
            Assert.Matches("^(documented|assumed|observed [0-9]{4}-[0-9]{2}-[0-9]{2})$", fact.Known);
            Assert.EndsWith("?", fact.Asks, StringComparison.Ordinal);
            Assert.NotEmpty(fact.Evidence);
            Assert.NotEmpty(fact.Probe);
        });
    }

    [Fact]
    public async Task The_table_is_listed_with_the_answers_in_force()
    {
        await using var simulator = new Simulator(profile: """{ "zero-value": "treated-as-missing", /* a comment */ "key-before-route": "yes", }""");
        var listed = await new Caller(simulator.Http, "").Send(HttpMethod.Get, "/_sim/fidelity");
        Assert.Equal((200, "application/json; charset=utf-8"), (listed.Status, listed.ContentType));
        var rows = JsonDocument.Parse(listed.Bytes).RootElement.EnumerateArray().ToDictionary(row => row.GetProperty("id").GetString()!);
        Assert.Equal(Facts.All.Select(fact => fact.Id).Order(), rows.Keys.Order());
        Assert.All(Facts.All, fact =>
        {
            var row = rows[fact.Id];
            var changed = fact.Id is "zero-value" or "key-before-route";
            Assert.Equal(fact.Answers[changed ? 1 : 0], row.GetProperty("inForce").GetString());
            Assert.Equal(!changed, row.GetProperty("isDefault").GetBoolean());
            Assert.Equal(fact.Answers, row.GetProperty("answers").EnumerateArray().Select(answer => answer.GetString()!));
            Assert.Equal((fact.Question, fact.Asks, fact.Known, fact.Evidence, fact.Probe), (row.GetProperty("question").GetInt32(), row.GetProperty("asks").GetString(),
                row.GetProperty("known").GetString(), row.GetProperty("evidence").GetString(), row.GetProperty("probe").GetString()));
        });
    }

    [Fact]
    public void A_profile_that_names_an_unknown_fact_is_told_which_there_are()
    {
        var wrong = Assert.Throws<SettingException>(() => Profile.Parse("""{"zero-valu": "invalid-value"}""", "p.json"));
        Assert.Equal($"p.json names a fact that does not exist: zero-valu. There are: {string.Join(", ", Facts.All.Select(fact => fact.Id))}.", wrong.Message);
    }

    [Fact]
    public void A_profile_that_gives_an_unknown_answer_is_told_which_there_are()
    {
        var wrong = Assert.Throws<SettingException>(() => Profile.Parse("""{"zero-value": "ignored"}""", "p.json"));
        Assert.Equal("p.json gives zero-value an answer that does not exist: ignored. There are: invalid-value, treated-as-missing.", wrong.Message);
    }

    [Theory]
    [InlineData("", "p.json is not JSON: ")]
    [InlineData("{", "p.json is not JSON: ")]
    [InlineData("""{"zero-value" "ignored"}""", "p.json is not JSON: ")]
    [InlineData("[]", "p.json must be one JSON object")]
    [InlineData("null", "p.json must be one JSON object")]
    [InlineData("""{"zero-value": null}""", "p.json gives zero-value an answer that does not exist: ")]
    [InlineData("""{"zero-value": 1}""", "p.json gives zero-value an answer that does not exist: 1.")]
    [InlineData("""{"zero-value": ["treated-as-missing"]}""", "p.json gives zero-value an answer that does not exist: ")]
    public void A_profile_that_is_no_object_of_answers_is_refused(string json, string begins) =>
        Assert.StartsWith(begins, Assert.Throws<SettingException>(() => Profile.Parse(json, "p.json")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_profile_that_is_not_there_is_refused()
    {
        var wrong = Assert.Throws<SettingException>(() => ProfileFile.Read("/nowhere/p.json"));
        Assert.StartsWith("Fidelity:Profile: /nowhere/p.json cannot be read: ", wrong.Message, StringComparison.Ordinal);
    }
}
