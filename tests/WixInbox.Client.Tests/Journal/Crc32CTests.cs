using System.Text;
using WixInbox.Journal;

namespace WixInbox.Tests.Journal;

public sealed class Crc32CTests
{
    [Theory]
    [InlineData("", 0x00000000u)]
    [InlineData("123456789", 0xE3069283u)]
    [InlineData("a", 0xC1D04330u)]
    public void A_checksum_is_the_one_that_others_compute(string text, uint sum)
    {
        var bytes = Encoding.ASCII.GetBytes("<" + text + ">");

        Assert.Equal(sum, Crc32C.Of(bytes, 1, text.Length));
    }

    [Fact]
    public void The_vectors_of_iSCSI_hold()
    {
        Assert.Equal(0x8A9136AAu, Crc32C.Of(new byte[32], 0, 32));
        Assert.Equal(0x62A8AB43u, Crc32C.Of([.. Enumerable.Repeat((byte)0xFF, 32)], 0, 32));
        Assert.Equal(0x46DD794Eu, Crc32C.Of([.. Enumerable.Range(0, 32).Select(value => (byte)value)], 0, 32));
    }
}
