using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace WixInbox.Sandbox;

/// <summary>What each kind of fault answers with.</summary>
internal static class FaultAnswers
{
    // A name that can never resolve (RFC 2606), so that a client that follows the redirect gets nowhere.
    private const string RedirectTarget = "https://redirected.invalid/inbox/v2/messages";

    /// <summary>
    /// The answer of a fault that stands in front of the API: such a request never reaches it, so that it neither needs
    /// a credential nor counts against the rate limit. Null for every other kind.
    /// </summary>
    public static Answer? InFront(Fault fault) => fault.Kind switch
    {
        FaultKind.HtmlBody => Html(fault.Status ?? (int)HttpStatusCode.BadGateway, fault.RetryAfter),
        FaultKind.Redirect => new Answer(fault.Status ?? (int)HttpStatusCode.Redirect, string.Empty, "text/plain")
            .With("Location", RedirectTarget),
        FaultKind.RateLimited => ErrorAnswers.TooManyRequests().WithRetryAfter(fault.RetryAfter),
        FaultKind.EmptyForbidden => ErrorAnswers.System((int)HttpStatusCode.Forbidden).WithRetryAfter(fault.RetryAfter),
        FaultKind.Unauthorized => ErrorAnswers.Unauthorized("The token has expired."),
        _ => null,
    };

    /// <summary>The answer of a fault inside the API: the request was admitted, and is not processed.</summary>
    public static Answer? InsteadOfProcessing(Fault fault) => fault.Kind switch
    {
        FaultKind.ServerErrorBefore => ServerError(fault),
        FaultKind.MessageAlone =>
            ErrorAnswers.MessageAlone(fault.Status ?? (int)HttpStatusCode.BadRequest, "A fault asked for this error."),
        FaultKind.ApplicationError => ErrorAnswers.Application(
            fault.Status ?? (int)HttpStatusCode.NotFound, fault.Code!, "A fault asked for this error."),
        _ => null,
    };

    public static Answer ServerError(Fault fault) =>
        ErrorAnswers.System(fault.Status ?? (int)HttpStatusCode.InternalServerError).WithRetryAfter(fault.RetryAfter);

    /// <summary>What a SocketsHttpHandler throws when the connection drops before the response's headers.</summary>
    public static HttpRequestException Reset() => new(
        "An error occurred while sending the request.",
        new IOException(
            "Unable to read data from the transport connection: Connection reset by peer.",
            new SocketException((int)SocketError.ConnectionReset)));

    private static Answer Html(int status, string? retryAfter)
    {
        var title = status.ToString(CultureInfo.InvariantCulture) + " " + (HttpStatusCode)status;
        var page = $"<html>\r\n<head><title>{title}</title></head>\r\n"
            + $"<body>\r\n<center><h1>{title}</h1></center>\r\n</body>\r\n</html>\r\n";
        return new Answer(status, page, "text/html").WithRetryAfter(retryAfter);
    }
}
