using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ImovoSim.Client;

/// One simulator and one caller of it: requests with its key or token, answers or an exception with the simulator's sentence.
internal sealed class SimulatorConnection
{
    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly (string Name, string Value)? _secret;

    public SimulatorConnection(HttpClient http, string header, string value)
        : this(http) => _secret = (header, value);

    /// Of somebody who has no key yet.
    public SimulatorConnection(HttpClient http)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.BaseAddress is not { } address)
            throw new ArgumentException("The HttpClient has no BaseAddress: set it to the simulator's address, such as http://127.0.0.1:5080.", nameof(http));
        _http = http;
        _address = address.AbsolutePath.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
    }

    /// A part of a query; nothing where everything is asked for.
    public static string Filter(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    public Task<T> Get<T>(string path, JsonTypeInfo<T> answer, CancellationToken cancel) => Send(HttpMethod.Get, path, answer, cancel);

    public Task<T> Send<T>(HttpMethod method, string path, JsonTypeInfo<T> answer, CancellationToken cancel) => Send(method, path, null, answer, null, cancel);

    public Task<T> Send<TBody, T>(HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> type, JsonTypeInfo<T> answer, CancellationToken cancel) =>
        Send(method, path, JsonSerializer.SerializeToUtf8Bytes(body, type), answer, null, cancel);

    /// A count that does not hold is an answer, not a refusal.
    public Task<Counted> Count(VerifyRequest expected, CancellationToken cancel) => Send(
        HttpMethod.Post, "_sim/verify", JsonSerializer.SerializeToUtf8Bytes(expected, SimulatorJson.Default.VerifyRequest), SimulatorJson.Default.Counted, HttpStatusCode.Conflict, cancel);

    public Task<T> Send<T>(HttpMethod method, string path, byte[] body, JsonTypeInfo<T> answer, CancellationToken cancel) => Send(method, path, body, answer, null, cancel);

    public async Task<byte[]> Bytes(string path, CancellationToken cancel)
    {
        using var answer = await Exchange(HttpMethod.Get, path, null, cancel).ConfigureAwait(false);
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false);
        return answer.IsSuccessStatusCode ? bytes : throw Refused(answer.StatusCode, bytes);
    }

    /// Sends plain text; answers the status, where it is a success, and the body.
    public async Task<(HttpStatusCode Status, byte[] Body)> Text(HttpMethod method, string path, string? text, CancellationToken cancel)
    {
        using var answer = await Exchange(method, path, text is null ? null : Encoding.UTF8.GetBytes(text), cancel, "text/plain").ConfigureAwait(false);
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false);
        return answer.IsSuccessStatusCode ? (answer.StatusCode, bytes) : throw Refused(answer.StatusCode, bytes);
    }

    public async Task Delete(string path, CancellationToken cancel)
    {
        using var answer = await Exchange(HttpMethod.Delete, path, null, cancel).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
            throw Refused(answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false));
    }

    private async Task<T> Send<T>(HttpMethod method, string path, byte[]? body, JsonTypeInfo<T> type, HttpStatusCode? alsoFine, CancellationToken cancel)
    {
        using var answer = await Exchange(method, path, body, cancel).ConfigureAwait(false);
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode && answer.StatusCode != alsoFine)
            throw Refused(answer.StatusCode, bytes);
        return Read(answer.StatusCode, bytes, type);
    }

    public T Read<T>(HttpStatusCode status, byte[] body, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new ImovoSimulatorException($"{_address} answered {(int)status}, and not as this client's version of ImovoSim does.", status, cause: e);
        }
    }

    private async Task<HttpResponseMessage> Exchange(HttpMethod method, string path, byte[]? body, CancellationToken cancel, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(method, new Uri(_address, path));
        if (_secret is var (name, value))
            request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } };
        try
        {
            // Buffered: an answer that breaks off is found here, and not when it is read.
            return await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new ImovoSimulatorException($"No simulator answers at {_address}: start one there, or set the HttpClient's BaseAddress to where one is.", cause: e);
        }
    }

    private ImovoSimulatorException Refused(HttpStatusCode status, byte[] body)
    {
        try
        {
            if (JsonSerializer.Deserialize(body, SimulatorJson.Default.ProblemBody) is { Detail: { } detail } problem)
                return new ImovoSimulatorException($"The simulator answered {(int)status}: {detail}", status, problem.Title, detail);
        }
        catch (JsonException)
        {
            // Whatever answered is told below.
        }

        return new ImovoSimulatorException($"{_address} answered {(int)status} without a reason: is it an ImovoSim?", status);
    }
}
