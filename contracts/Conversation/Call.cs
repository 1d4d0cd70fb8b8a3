namespace ImovoSim.Contracts;

/// <summary>
/// One call as a transcript writes it: placeholders such as <c>{cash}</c>, <c>{reference 1}</c> and <c>{voucher 1}</c>
/// stand where the target's own words go when it is sent.
/// </summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">Path and query, percent-encoded where that matters; sent as written.</param>
public sealed record Call(string Method, string Path)
{
    /// <summary>Who speaks; see <see cref="Contracts.Client"/>.</summary>
    public string Client { get; init; } = Contracts.Client.First;
    /// <summary>The value of Content-Type, or null for none.</summary>
    public string? ContentType { get; init; }
    /// <summary>The body, or null for none.</summary>
    public string? Body { get; init; }
    /// <summary>The body's bytes, for what no text can say; then <see cref="Body"/> describes them in the transcript.</summary>
    public ReadOnlyMemory<byte>? Bytes { get; init; }
    /// <summary>Further request headers, shown in the transcript.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
    /// <summary>The name under which the key is sent, where a case is about that name.</summary>
    public string KeyHeader { get; init; } = "X-API-KEY";
    /// <summary>The role whose campaign is asked for a voucher, or null.</summary>
    public string? Role { get; init; }
    /// <summary>The value asked for, as written.</summary>
    public string? Value { get; init; }

    /// <summary>A POST without a body, which is how the vendor's page writes two of its three calls.</summary>
    /// <param name="path">Path and query.</param>
    public static Call Post(string path) => new("POST", path);

    /// <summary>A POST with a JSON body.</summary>
    /// <param name="path">Path and query.</param>
    /// <param name="json">The body, as written.</param>
    public static Call PostJson(string path, string json) => new("POST", path) { ContentType = "application/json", Body = json };

    /// <summary>A POST with a form body.</summary>
    /// <param name="path">Path and query.</param>
    /// <param name="form">The body, as written.</param>
    public static Call PostForm(string path, string form) => new("POST", path) { ContentType = "application/x-www-form-urlencoded", Body = form };
}

/// <summary>What came back.</summary>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Headers">The headers that matter, in the transcript's order.</param>
/// <param name="Body">The body's own text, control characters made visible; empty for none.</param>
public sealed record Answer(int Status, IReadOnlyList<(string Name, string Value)> Headers, string Body)
{
    /// <summary>Whether the body says that the request was successful.</summary>
    public bool Succeeded => Body.Replace(" ", "", StringComparison.Ordinal).Contains("\"successfulRequest\":true", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A voucher as later turns of a conversation speak of it, e.g. <c>{voucher 1}</c>.</summary>
/// <param name="Name">The placeholder.</param>
public sealed record Voucher(string Name);
