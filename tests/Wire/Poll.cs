namespace ImovoSim.Tests;

/// Waits for something that happens beside the calls: it looks again and again, and gives up after ten seconds.
internal static class Poll
{
    public static async Task Until(Func<Task<bool>> holds)
    {
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            if (await holds())
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Fail("It did not come to pass within ten seconds.");
    }
}
