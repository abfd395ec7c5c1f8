import unittest

from kata import greeting, health_line, health_status


class GreetByName(unittest.TestCase):
    """1. Greet by name"""

    def test_orders(self):
        """greets the orders service"""
        self.assertEqual(greeting("orders"), "Hello from orders!", 'greeting("orders")')


class ReportTheHealthInOneLine(unittest.TestCase):
    """2. Report the health in one line"""

    def test_healthy(self):
        """says up for a healthy service"""
        self.assertEqual(health_line("orders", True), "orders: up", 'health_line("orders", True)')


class AnswerWithAStatusCode(unittest.TestCase):
    """3. Answer with a status code"""

    def test_healthy(self):
        """answers 200 when all is well"""
        self.assertEqual(health_status(True), 200, "health_status(True)")
