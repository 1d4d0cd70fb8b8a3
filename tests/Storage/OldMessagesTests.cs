using ImovoSim.Storage;

namespace ImovoSim.Tests;

public sealed class OldMessagesTests
{
    [Theory]
    [InlineData(1000, 62)]
    [InlineData(20, 1)]
    [InlineData(0, 1)]
    public void The_last_are_kept_and_less_than_a_stretch_more_and_each_of_the_others_goes_once(int atMost, int stretch)
    {
        long last = 0, gone = 0;
        for (var step = 1; last < 5000; step = step % 40 + 1)
        {
            var (after, upTo) = OldMessages.Between(last, last + step, atMost);
            last += step;
            Assert.Equal(gone, after);
            Assert.InRange(last - upTo, Math.Min(atMost, last), atMost + stretch - 1);
            gone = upTo;
        }
    }

    [Fact]
    public void A_client_that_begins_anew_loses_none() => Assert.Equal((0L, 0L), OldMessages.Between(0, 1000, 1000));
}
