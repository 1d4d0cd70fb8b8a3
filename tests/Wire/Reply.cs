using System.Text;
using System.Text.Json;

namespace ImovoSim.Tests;

/// An answer as it came over the wire.
internal sealed record Reply(int Status, string? ContentType, string Body, byte[] Bytes, IReadOnlyDictionary<string, string> Headers)
{
    public string Code => Member("voucherCode").GetString()!;

    public string Message => Member("message").GetString()!;

    public string ExpiryDate => Member("expiryDate").GetString()!;

    public string Balance => Member("balance").GetRawText();

    /// The members in their order.
    public string Members => string.Join(',', Root.EnumerateObject().Select(member => member.Name));

    public string[] Errors => [.. Member("errorMessages").EnumerateArray().Select(message => message.GetString()!)];

    public bool Succeeded => Status == 200 && Member("successfulRequest").GetBoolean();

    /// In a few words: what facts and bad input are told apart by.
    public string Said
    {
        get
        {
            if (ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true)
                return Body.Length == 0 || ContentType?.Contains("problem", StringComparison.Ordinal) == true ? $"{Status}" : $"{Status} {Body}";
            var status = Status == 200 ? "" : $"{Status} ";
            return status + (Member("successfulRequest").GetBoolean() ? Root.TryGetProperty("balance", out var balance) ? $"issued {balance.GetRawText()}" : "done"
                : string.Join(" + ", Errors));
        }
    }

    private JsonElement Root => JsonDocument.Parse(Bytes).RootElement;

    public static async Task<Reply> Read(HttpResponseMessage answer)
    {
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return new Reply(
            (int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString(), Encoding.UTF8.GetString(bytes), bytes,
            answer.Headers.Concat(answer.Content.Headers).ToDictionary(
                header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    public JsonElement Member(string name) =>
        Root.TryGetProperty(name, out var value) ? value : throw new InvalidOperationException($"There is no {name} in: {Status} {Body}");
}
