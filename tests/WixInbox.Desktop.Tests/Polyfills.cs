using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace WixInbox
{
    /// <summary>
    /// What the tests use of .NET's class library and neither .NET Framework nor the package Polyfill has.
    /// </summary>
    internal static class Polyfills
    {
        extension(Task task)
        {
            public bool IsCompletedSuccessfully => task.Status == TaskStatus.RanToCompletion;

            public static Task Delay(
                TimeSpan delay, TimeProvider time, CancellationToken cancellationToken = default) =>
                time.Delay(delay, cancellationToken);
        }

        extension(Parallel)
        {
            public static Task ForAsync(
                int from, int to, ParallelOptions options, Func<int, CancellationToken, ValueTask> body)
            {
                var next = from - 1;
                return Task.WhenAll(Enumerable.Range(0, options.MaxDegreeOfParallelism).Select(_ => Task.Run(async () =>
                {
                    int number;
                    while ((number = Interlocked.Increment(ref next)) < to)
                    {
                        await body(number, options.CancellationToken);
                    }
                })));
            }
        }

        extension(TimeSpan)
        {
            public static TimeSpan operator *(TimeSpan time, double factor) =>
                TimeSpan.FromTicks((long)(time.Ticks * factor));

            public static TimeSpan operator /(TimeSpan time, double divisor) =>
                TimeSpan.FromTicks((long)(time.Ticks / divisor));

            public static double operator /(TimeSpan time, TimeSpan other) => (double)time.Ticks / other.Ticks;
        }

        extension(DateTimeOffset)
        {
            public static DateTimeOffset UnixEpoch => DateTimeOffset.FromUnixTimeSeconds(0);
        }

        extension(string text)
        {
            public static string Create(CultureInfo culture, FormattableString format) => format.ToString(culture);

            public string Replace(string old, string replacement, StringComparison comparison) =>
                comparison == StringComparison.Ordinal
                    ? text.Replace(old, replacement)
                    : throw new NotSupportedException();
        }

        extension(HttpHeaders headers)
        {
            // Here a header is kept as it was given if it was added without validation, and none of the client's has
            // two values.
            public IEnumerable<KeyValuePair<string, string>> NonValidated =>
                headers.Select(header => new KeyValuePair<string, string>(header.Key, string.Join(", ", header.Value)));
        }

        extension(File)
        {
            public static void CreateSymbolicLink(string path, string target) => throw new NotSupportedException();
        }

        extension(ThreadPool)
        {
            // The pool takes up what is queued in order: when this has run, what was queued before has been taken up.
            public static long PendingWorkItemCount
            {
                get
                {
                    using var done = new ManualResetEventSlim();
                    ThreadPool.QueueUserWorkItem(_ => done.Set());
                    done.Wait();
                    return 0;
                }
            }

            public static long CompletedWorkItemCount => 0;
        }
    }
}

namespace WixInbox.Tests.Sockets
{
    internal sealed class TcpListener(IPAddress address, int port) : System.Net.Sockets.TcpListener(address, port),
    IDisposable
    {
        public async Task<TcpClient> AcceptTcpClientAsync(CancellationToken cancellationToken)
        {
            using var stopping = cancellationToken.Register(Stop);
            try
            {
                return await AcceptTcpClientAsync();
            }
            catch (InvalidOperationException) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellationToken);
            }
        }

        public void Dispose() => Stop();
    }
}

namespace System.Runtime.CompilerServices
{
    /// <summary>
    /// What the compiler needs for a range of an array. It takes this class for the framework's, so the other one that
    /// it needs is here too.
    /// </summary>
    internal static class RuntimeHelpers
    {
        private static readonly Reflection.MethodInfo s_initializeArray =
            typeof(object).Assembly.GetType("System.Runtime.CompilerServices.RuntimeHelpers")
                .GetMethod("InitializeArray");

        public static void InitializeArray(Array array, RuntimeFieldHandle handle) =>
            s_initializeArray.Invoke(null, [array, handle]);

        public static T[] GetSubArray<T>(T[] array, Range range)
        {
            var (offset, length) = range.GetOffsetAndLength(array.Length);
            return array.AsSpan(offset, length).ToArray();
        }
    }
}
