namespace ImovoSim.Tests;

/// The README's own calls, in order, against one simulator.
public sealed class ReadmeTests
{
    [Fact]
    public async Task The_calls_of_the_README_give_its_answers()
    {
        var calls = ReadmeCall.All(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "README.md"), TestContext.Current.CancellationToken));
        Assert.True(calls.Count >= 8, $"The README shows {calls.Count} calls only.");
        await using var simulator = new Simulator();
        foreach (var call in calls)
        {
            var (expected, actual) = await call.Hold(simulator.Http);
            Assert.True(expected == actual, $"{call.Command}\nREADME:\n{expected}\nsimulator:\n{actual}");
        }
    }
}
