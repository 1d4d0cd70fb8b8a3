namespace ImovoSim.Wire;

/// <summary>An answer as it goes over the wire.</summary>
/// <param name="Struck">The fault that writes something else in its place.</param>
/// <param name="Streamed">Writes a body that is too long to be held.</param>
internal sealed record Answer(
    int Status, string? ContentType, ReadOnlyMemory<byte> Body, string? Header = null, string? HeaderValue = null,
    Func<HttpResponse, Answer, Task>? Struck = null, Func<HttpResponse, Task>? Streamed = null)
{
    public static Answer Bare(int status) => new(status, null, default);

    public Task Write(HttpResponse response)
    {
        if (Struck is not null)
            return Struck(response, this with { Struck = null });
        response.StatusCode = Status;
        if (ContentType is not null)
            response.ContentType = ContentType;
        if (Header is not null)
            response.Headers[Header] = HeaderValue;
        // What is left of a body that is too large is not waited for: the connection ends with the answer, and the caller must know.
        if (Status == StatusCodes.Status413PayloadTooLarge)
            response.Headers.Connection = "close";
        if (Streamed is not null)
            return Streamed(response);
        response.ContentLength = Body.Length;
        return Body.IsEmpty ? Task.CompletedTask : response.BodyWriter.WriteAsync(Body).AsTask();
    }
}
