using System.Net;
using System.Security.Authentication;
using WixInbox.Http;

namespace WixInbox.Tests.Sockets;

/// <summary>What .NET Framework has to be told, and by whom it is heard.</summary>
public sealed class HttpStackTests
{
    [Theory]
    [InlineData(SecurityProtocolType.Ssl3 | SecurityProtocolType.Tls, true)]
    [InlineData(SecurityProtocolType.Tls, true)]
    [InlineData(SecurityProtocolType.Tls | SecurityProtocolType.Tls11, true)]
    [InlineData(SecurityProtocolType.SystemDefault, false)]
    [InlineData(SecurityProtocolType.Tls12, false)]
    [InlineData(SecurityProtocolType.Tls | SecurityProtocolType.Tls11 | SecurityProtocolType.Tls12, false)]
    [InlineData((SecurityProtocolType)12288, false)]
    public void Tls_1_2_is_chosen_only_where_the_session_offers_nothing_as_new(
        SecurityProtocolType session, bool isOld) =>
        Assert.Equal(isOld, HttpStack.OffersOldTlsAlone(session));

    [Fact]
    public void The_choice_is_this_handler_s_and_the_session_keeps_its_own()
    {
        var session = ServicePointManager.SecurityProtocol;
        try
        {
            ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls;
            using var handler = (HttpClientHandler)HttpStack.Create(null);

            Assert.Equal(SslProtocols.Tls12, handler.SslProtocols);
            Assert.Equal(SecurityProtocolType.Tls, ServicePointManager.SecurityProtocol);
        }
        finally
        {
            ServicePointManager.SecurityProtocol = session;
        }
    }

    [Fact]
    public void What_the_session_has_chosen_well_holds()
    {
        using var handler = (HttpClientHandler)HttpStack.Create(null);

        Assert.Equal(SslProtocols.None, handler.SslProtocols);
    }

    [Fact]
    public void More_than_two_connections_may_go_to_one_host_and_no_other_limit_changes()
    {
        var limit = ServicePointManager.DefaultConnectionLimit;
        using var handler = (HttpClientHandler)HttpStack.Create(null);

        Assert.Equal(int.MaxValue, handler.MaxConnectionsPerServer);
        Assert.Equal(limit, ServicePointManager.DefaultConnectionLimit);
    }
}
