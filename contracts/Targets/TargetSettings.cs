using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImovoSim.Contracts;

/// <summary>What the settings file of a service that is not ours says: who plays which role, and how much may be spent.</summary>
/// <remarks>Settable throughout: the generated reader leaves members alone that the file does not name, but only these.</remarks>
public sealed record TargetSettings
{
    /// <summary>The name used in reports and in provenance, e.g. <c>PayPoint UAT</c>.</summary>
    public string? Name { get; set; }
    /// <summary>Whether this is the vendor's own service. Only then a run is recorded in provenance.</summary>
    public bool RealService { get; set; }
    /// <summary>The most pounds that all vouchers asked for in one run may add up to.</summary>
    public decimal CapPounds { get; set; } = 100.00m;
    /// <summary>The most calls of one run, cancellations at the end included.</summary>
    public int CapCalls { get; set; } = 300;
    /// <summary>Seconds to wait for an answer.</summary>
    public int PatienceSeconds { get; set; } = 30;
    /// <summary>
    /// How customer references look; must hold <c>{unique}</c>. Where the service delivers vouchers itself, they go to this
    /// address, so let it be one of yours.
    /// </summary>
    public string Reference { get; set; } = "kit.{unique}@example.com";
    /// <summary>The service's campaigns, by <see cref="Role"/>. A case that speaks of a role that is not named is not run.</summary>
    public IReadOnlyDictionary<string, CampaignSettings> Campaigns { get; set; } = new Dictionary<string, CampaignSettings>();

    /// <summary>Reads a settings file.</summary>
    /// <param name="path">Where it is.</param>
    /// <exception cref="SettingsException">It cannot be read; the message says what is wrong with it.</exception>
    public static TargetSettings Read(string path)
    {
        try
        {
            var settings = JsonSerializer.Deserialize(File.ReadAllText(path), SettingsJson.Default.TargetSettings) ?? new();
            return settings.Checked();
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{path}: {failure.Message}");
        }
    }

    // What a file calls null is null, whatever the type says.
    private TargetSettings Checked()
    {
        if (Campaigns is null)
            throw new SettingsException("campaigns must be an object with a campaign for each role, or be left out.");
        if (Campaigns.Keys.FirstOrDefault(role => !Role.All.Contains(role)) is { } unknown)
            throw new SettingsException($"campaigns: \"{unknown}\" is no role. The roles are {string.Join(", ", Role.All)}.");
        if (Campaigns.FirstOrDefault(one => string.IsNullOrWhiteSpace(one.Value?.Code)) is { Key: { } nameless })
            throw new SettingsException($"campaigns: \"{nameless}\" has no code. Give the campaign code that the service knows.");
        if (Reference?.Contains("{unique}", StringComparison.Ordinal) != true)
            throw new SettingsException("reference must hold {unique}, or two runs would use the same customer reference.");
        if (CapPounds < 0 || CapCalls < 1 || PatienceSeconds < 1)
            throw new SettingsException("capPounds must not be negative, capCalls and patienceSeconds must be 1 or more.");
        return this;
    }
}

/// <summary>A campaign in a settings file; see <see cref="Campaign"/> for the members.</summary>
public sealed record CampaignSettings
{
    /// <summary>The campaign code as the service knows it.</summary>
    public string? Code { get; set; }
    /// <summary>The least value in pounds.</summary>
    public decimal? Minimum { get; set; }
    /// <summary>The agreed maximum in pounds.</summary>
    public decimal? Maximum { get; set; }
    /// <summary>The fixed value in pounds.</summary>
    public decimal? Value { get; set; }
    /// <summary>Days from issue to expiry.</summary>
    public int? ValidityDays { get; set; }
    /// <summary>Seconds from issue to expiry, with the expiry form <c>issue time</c>.</summary>
    public int? ValiditySeconds { get; set; }
    /// <summary>The time of day of the expiry as printed, or <c>issue time</c>.</summary>
    public string? ExpiryForm { get; set; }
    /// <summary>How many digits its voucher codes have.</summary>
    public int? CodeLength { get; set; }
    /// <summary>The message with {value}, {code}, {link} and {expiry:dd-MMM}.</summary>
    public string? Wording { get; set; }

    internal Campaign AsCampaign(string role) => new(Code!)
    {
        // The snapshots call whoever asks for a campaign of somebody else's an outsider.
        Client = role == Role.Foreign ? Client.Outsider : Client.First,
        Minimum = Minimum, Maximum = Maximum, Value = Value, ValidityDays = ValidityDays, ValiditySeconds = ValiditySeconds,
        ExpiryForm = ExpiryForm, CodeLength = CodeLength, Wording = Wording,
    };
}

/// <summary>A settings file, an option or an environment variable is wrong; the message says how to put it right.</summary>
/// <param name="message">What is wrong, and the cure.</param>
public sealed class SettingsException(string message) : Exception(message);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, WriteIndented = true)]
[JsonSerializable(typeof(TargetSettings))]
[JsonSerializable(typeof(ProvenanceFile))]
internal sealed partial class SettingsJson : JsonSerializerContext;
