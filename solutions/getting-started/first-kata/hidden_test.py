import unittest

from kata import greeting, health_line, health_status


class GreetByName(unittest.TestCase):
    """1. Greet by name"""

    def test_orders(self):
        """greets the orders service"""
        self.assertEqual(greeting("orders"), "Hello from orders!", 'greeting("orders")')

    def test_every_other_service(self):
        """greets every other service by its own name"""
        for service in ("payments", "search"):
            self.assertEqual(greeting(service), f"Hello from {service}!", f'greeting("{service}")')


class ReportTheHealthInOneLine(unittest.TestCase):
    """2. Report the health in one line"""

    def test_healthy(self):
        """says up for a healthy service"""
        self.assertEqual(health_line("orders", True), "orders: up", 'health_line("orders", True)')

    def test_not_healthy(self):
        """says down for a service that is not healthy"""
        self.assertEqual(health_line("orders", False), "orders: down", 'health_line("orders", False)')

    def test_every_other_service(self):
        """names the service that was asked for"""
        for service in ("payments", "search"):
            self.assertEqual(health_line(service, True), f"{service}: up", f'health_line("{service}", True)')


class AnswerWithAStatusCode(unittest.TestCase):
    """3. Answer with a status code"""

    def test_healthy(self):
        """answers 200 when all is well"""
        self.assertEqual(health_status(True), 200, "health_status(True)")

    def test_not_healthy(self):
        """answers 503 when something is wrong"""
        self.assertEqual(health_status(False), 503, "health_status(False)")
