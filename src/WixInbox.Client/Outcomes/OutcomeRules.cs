using System.Globalization;
using System.Security.Authentication;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using WixInbox.Http;

namespace WixInbox.Outcomes;

/// <summary>
/// Decides what became of a request by what the server can have seen of it: not by its method, and not by the name of an exception.
/// </summary>
internal static class OutcomeRules
{
    /// <summary>Tells what an attempt means.</summary>
    public static OutcomeKind Classify(Exchange exchange) => exchange.Status switch
    {
        0 => exchange.BodyStarted ? OutcomeKind.Ambiguous : OutcomeKind.NotSent,
        200 when exchange.Body is not null => OutcomeKind.Sent,

        // Another 2xx, or a 200 that broke off, says that it was done, and brings nothing that could be given back.
        >= 200 and < 300 => OutcomeKind.Ambiguous,

        // The server says that it did not take the request up.
        408 or 425 or 429 => OutcomeKind.NotSent,
        Exchange.ProxySignIn => OutcomeKind.NotSent,
        503 when exchange.RetryAfter is not null => OutcomeKind.NotSent,

        // Redirects are not followed. 501: the server has no such call.
        < 500 or 501 => OutcomeKind.Rejected,

        // The server failed at some point, perhaps after it had stored the message.
        _ => OutcomeKind.Ambiguous,
    };

    /// <summary>Reads an answer that says the request was done.</summary>
    /// <returns>The answer, or null if it cannot be read.</returns>
    public static T? Read<T>(Exchange exchange, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(exchange.Body.AsSpan(), type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Tells why an attempt failed.</summary>
    public static Failure Explain(Exchange exchange, Operation operation)
    {
        if (exchange.Status == 0)
        {
            return new Failure
            {
                Operation = operation,
                Cause = exchange.TimedOut ? FailureCause.Timeout : FailureCause.Connection,
                Message = exchange.TimedOut ? "No answer came in time." : Reason(exchange.Exception),
                Exception = exchange.Exception,
            };
        }

        if (exchange.Status == Exchange.ProxySignIn)
        {
            // Its body is a page for a browser, and is not shown.
            return new Failure { Operation = operation, Cause = FailureCause.Proxy, StatusCode = exchange.Status, Exception = exchange.Exception };
        }

        var error = exchange.Error;
        var unreadable = exchange.Status is >= 200 and < 300;
        return new Failure
        {
            Operation = operation,
            Cause = unreadable ? FailureCause.UnreadableResponse : FailureCause.Status,
            StatusCode = exchange.Status,
            Code = error.Code,
            Message = Message(exchange, unreadable),
            Violations = error.Violations,
            RetryAfter = exchange.RetryAfter,
            Exception = exchange.Exception,
        };
    }

    private static string Message(Exchange exchange, bool unreadable)
    {
        if (unreadable)
        {
            return exchange.Body is null ? "The answer broke off." : "The answer cannot be read.";
        }

        if (exchange.Status is >= 300 and < 400)
        {
            return $"The server redirects to {exchange.Location ?? "another place"}. Redirects are not followed, so that no message goes to another host.";
        }

        if (!exchange.Error.IsJson && exchange.Body is { Length: > 0 })
        {
            return string.Format(CultureInfo.InvariantCulture, "The answer is not one of Wix's ({0:N0} bytes that are not JSON). A proxy may have given it.", exchange.Body.Length);
        }

        return exchange.Error.Message;
    }

    // The innermost exception says what broke. Where an outer one repeats that and adds the host, it says more.
    private static string Reason(Exception? exception)
    {
        var innermost = exception?.GetBaseException();
        return innermost switch
        {
            null => string.Empty,
            AuthenticationException => "The secure connection (TLS) could not be made: " + innermost.Message,
            _ when exception!.Message.Contains(innermost.Message) => exception.Message,
            _ => innermost.Message,
        };
    }
}
