using Remit.Kernel;

namespace Remit.Tests.Kernel;

/// <summary>What is made one after the other stays in that order, however fast.</summary>
public class KeyTests
{
    [Fact]
    public void Of_keys_made_at_once_each_is_greater_than_the_one_before()
    {
        var keys = Enumerable.Range(0, 2000).Select(_ => Keys.Next()).ToList();

        Assert.Equal(keys.Order(), keys);
        Assert.Equal(keys.Count, keys.Distinct().Count());
    }
}
