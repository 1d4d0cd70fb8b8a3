using Microsoft.Extensions.Options;

namespace ImovoSim.Client;

/// <summary>Where the service is and who calls it. Checked when the host starts; a changed key is used from the next call on.</summary>
public sealed class ImovoClientOptions
{
    /// <summary>The service's address, such as <c>http://127.0.0.1:5080</c> for the simulator. Required.</summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>The API subscription key. Required. Sent in X-API-KEY to <see cref="BaseAddress"/> only, and written nowhere.</summary>
    public string? ApiKey { get; set; }

    /// <summary>How long one call may take in all, its retries of the connection included. 30 seconds by default.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long making one connection may take. 5 seconds by default; read once, at the first call.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a connection that could not be made is tried again, 0 to 10, after 0.2 seconds, 0.4 and so on.
    /// 2 by default; read once, at the first call.</summary>
    public int ConnectRetries { get; set; } = 2;

    /// <summary>Without the key.</summary>
    public override string ToString() => $"i-movo at {BaseAddress?.ToString() ?? "no address"}, key {(ApiKey is null ? "not set" : "set")}";
}

/// Written by hand: the generated validator needs attributes that the trimmer warns about, and its messages name no cure.
internal sealed class ImovoClientOptionsCheck(string checkedName) : IValidateOptions<ImovoClientOptions>
{
    public ValidateOptionsResult Validate(string? name, ImovoClientOptions options)
    {
        if (name != checkedName)
            return ValidateOptionsResult.Skip;
        var which = name.Length == 0 ? "" : $" (client '{name}')";
        var failures = Failures(options).Select(failure => failure + which).ToList();
        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }

    private static IEnumerable<string> Failures(ImovoClientOptions options)
    {
        if (options.BaseAddress is not { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" })
            yield return "Set ImovoClientOptions.BaseAddress to an http or https address without query and user, such as http://127.0.0.1:5080.";
        if (string.IsNullOrEmpty(options.ApiKey))
            yield return "Set ImovoClientOptions.ApiKey to your API subscription key.";
        else if (options.ApiKey.Any(letter => letter is <= ' ' or > '~'))
            yield return "ImovoClientOptions.ApiKey has a space, a line break or a character that a header cannot carry: set it to the key alone.";
        if (options.Timeout <= TimeSpan.Zero || options.Timeout > TimeSpan.FromDays(1))
            yield return "Set ImovoClientOptions.Timeout to more than zero and at most a day, such as 00:00:30.";
        if (options.ConnectTimeout <= TimeSpan.Zero || options.ConnectTimeout > TimeSpan.FromDays(1))
            yield return "Set ImovoClientOptions.ConnectTimeout to more than zero and at most a day, such as 00:00:05.";
        if (options.ConnectRetries is < 0 or > 10)
            yield return "Set ImovoClientOptions.ConnectRetries to a number from 0 to 10.";
    }
}
