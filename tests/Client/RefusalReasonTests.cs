using System.Text.Json.Nodes;
using ImovoSim.Client;

namespace ImovoSim.Tests;

public sealed class RefusalReasonTests
{
    [Theory]
    [InlineData("CampaignUnknown", "Unable to create voucher: the campaign code submitted does not exist")]
    [InlineData("CampaignUnknown", "InvalidCampaign")]
    [InlineData("ValueInvalid", "Unable to create voucher: the value entered is invalid")]
    [InlineData("ValueInvalid", "InvalidValue")]
    [InlineData("WeeklyLimitReached", "Unable to create voucher: the client weekly value limit has been reached")]
    [InlineData("WeeklyLimitReached", "ClientWeeklyValueLimitReached")]
    [InlineData("CustomerLimitReached", "Unable to create voucher: a live voucher already exists for the supplied customer reference")]
    [InlineData("CustomerLimitReached", "CustomerVoucherLimitReached")]
    [InlineData("DetailsMissing", "Unable to create voucher: the customer reference is required")]
    [InlineData("DetailsMissing", "customer name is required")]
    [InlineData("VoucherNotFound", "Voucher not found")]
    [InlineData("VoucherNotLive", "Voucher is already cancelled or redeemed")]
    [InlineData("UnexpectedError", "Unexpected error")]
    [InlineData("CampaignUnknown", " invalidcampaign ")]
    [InlineData("Unclassified", "The moon is full")]
    [InlineData("Unclassified", "")]
    public void The_vendors_words_are_classified_and_kept(string name, string words)
    {
        var reason = RefusalReason.From([words]);
        Assert.Equal((name, words), (reason.Name, reason.RawText));
    }

    [Fact]
    public void Every_refusal_that_openapi_yaml_names_is_classified_and_only_the_simulators_own_is_not()
    {
        var examples = OpenApiYaml.Read(Path.Combine(AppContext.BaseDirectory, "openapi.yaml"))["components"]!["examples"]!.AsObject();
        var unclassified = examples
            .Where(example => example.Value!["value"] is JsonObject answer && answer.ContainsKey("errorMessages"))
            .Where(example => !((string)example.Value!["summary"]!).Contains("only with another answer to", StringComparison.Ordinal))
            .Where(example => RefusalReason.From([.. example.Value!["value"]!["errorMessages"]!.AsArray().Select(text => (string)text!)]) == RefusalReason.Unclassified)
            .Select(example => example.Key);
        Assert.Equal(["Unavailable", "SandboxesFull"], unclassified);
    }

    [Fact]
    public void The_first_known_message_decides()
    {
        var reason = RefusalReason.From(["The moon is full", "InvalidValue", "InvalidCampaign"]);
        Assert.Equal(RefusalReason.ValueInvalid, reason);
        Assert.Equal("ValueInvalid (The moon is full; InvalidValue; InvalidCampaign)", reason.ToString());
    }

    [Fact]
    public void Reasons_are_equal_whatever_the_wording()
    {
        Assert.True(RefusalReason.From(["InvalidValue"]) == RefusalReason.ValueInvalid);
        Assert.True(RefusalReason.From(["InvalidValue"]) != RefusalReason.CampaignUnknown);
        Assert.Equal(RefusalReason.Unclassified, default);
        Assert.Equal(RefusalReason.Unclassified, RefusalReason.From([]));
        Assert.Equal(RefusalReason.ValueInvalid.GetHashCode(), RefusalReason.From(["InvalidValue"]).GetHashCode());
    }
}
