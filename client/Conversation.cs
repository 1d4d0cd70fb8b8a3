using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ImovoSim.Client.Generated;

/// The hooks that the generator leaves open, for the life of one call.
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Every type that goes through the serializer is in WireJson.")]
[UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Only enums are looked up by reflection, and no parameter is one.")]
[UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Every type that goes through the serializer is in WireJson.")]
internal partial class ImovoApi
{
    public SendOnceContent? Request { get; private set; }
    public HttpStatusCode? Status { get; private set; }
    public string? MediaType { get; private set; }
    public string? CorrelationId { get; private set; }
    public string? Body { get; protected set; }

    static partial void UpdateJsonSerializerSettings(JsonSerializerOptions settings)
    {
        settings.TypeInfoResolver = WireJson.Default;
        settings.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
    }

    partial void PrepareRequest(HttpClient client, HttpRequestMessage request, string url)
    {
        // The parameters are in the query, as in the vendor's samples. A form, which the generator writes too, would beat them.
        var body = request.Content is FormUrlEncodedContent ? null : request.Content;
        request.Content = Request = new SendOnceContent(body);
    }

    partial void ProcessResponse(HttpClient client, HttpResponseMessage response)
    {
        Status = response.StatusCode;
        MediaType = response.Content.Headers.ContentType?.MediaType;
        foreach (var name in (string[])["X-Correlation-Id", "Request-Id"])
            if (CorrelationId is null && response.Headers.NonValidated.TryGetValues(name, out var values))
                CorrelationId = values.ToString();
        response.Content = new CappedContent(response.Content);
    }
}

/// Reads every body whole and as text first, so that an exception can carry what really arrived.
internal sealed class Conversation(HttpClient http) : ImovoApi(http)
{
    public bool AnswerIsJson => MediaType is not null &&
        (MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || MediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    protected override async Task<ObjectResponseResult<T>> ReadObjectResponseAsync<T>(
        HttpResponseMessage response, IReadOnlyDictionary<string, IEnumerable<string>> headers, CancellationToken cancellationToken)
    {
        var text = Body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        if (!AnswerIsJson)
            throw new ImovoApiException("Not JSON.", (int)response.StatusCode, text, headers, null);
        try
        {
            return new(JsonSerializer.Deserialize(text, (JsonTypeInfo<T>)WireJson.Default.GetTypeInfo(typeof(T))!)!, text);
        }
        catch (JsonException problem)
        {
            throw new ImovoApiException("Not the promised JSON.", (int)response.StatusCode, text, headers, problem);
        }
    }
}

[JsonSerializable(typeof(VoucherAnswer))]
[JsonSerializable(typeof(CancelAnswer))]
[JsonSerializable(typeof(Refusal))]
[JsonSerializable(typeof(VoucherForm))]
[JsonSerializable(typeof(CancelForm))]
[JsonSerializable(typeof(VoucherWithIdRequest))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class WireJson : JsonSerializerContext;

/// What the generated code throws; it never leaves this assembly. The generator's own class would be public and print bodies.
internal class ImovoApiException(
    string message, int statusCode, string? response, IReadOnlyDictionary<string, IEnumerable<string>> headers, Exception? innerException)
    : Exception(message, innerException)
{
    public int StatusCode { get; } = statusCode;
    public string? Response { get; } = response;
    public IReadOnlyDictionary<string, IEnumerable<string>> Headers { get; } = headers;
}

internal sealed class ImovoApiException<TResult>(
    string message, int statusCode, string? response, IReadOnlyDictionary<string, IEnumerable<string>> headers, TResult result, Exception? innerException)
    : ImovoApiException(message, statusCode, response, headers, innerException)
{
    public TResult Result { get; } = result;
}
